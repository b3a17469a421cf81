"""The window: shows what the engine says, and hands on what the person does."""
