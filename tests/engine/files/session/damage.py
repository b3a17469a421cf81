"""What can be wrong in a session that was edited by hand, and the words that say so."""

import base64
import zlib

import numpy as np


def encoded(array, **more):
    """Return the record of an array."""
    data = base64.b64encode(array.tobytes()).decode()
    return {"dtype": array.dtype.str, "shape": list(array.shape), "data": data, **more}


def put(*keys, value):
    """Return a change of the JSON that sets one value."""

    def change(file):
        for key in keys[:-1]:
            file = file[key]
        file[keys[-1]] = value

    return change


def drop(*keys):
    """Return a change of the JSON that takes one value away."""

    def change(file):
        for key in keys[:-1]:
            file = file[key]
        del file[keys[-1]]

    return change


def put_array(*keys, value):
    """Return a change that lets a place name another array."""

    def change(file):
        file["arrays"].append(value if isinstance(value, dict) else encoded(np.asarray(value)))
        put(*keys, value=len(file["arrays"]) - 1)(file)

    return change


def drop_checkpoint(iteration):
    """Return a change that takes the checkpoint of an iteration away."""

    def change(file):
        kept = [each for each in file["run"]["checkpoints"] if each["iteration"] != iteration]
        file["run"]["checkpoints"] = kept

    return change


def flip_a_bit(file):
    """Change one bit of the last array."""
    record = file["arrays"][-1]
    data = bytearray(base64.b64decode(record["data"]))
    data[0] ^= 1
    record["data"] = base64.b64encode(data).decode()


BOMB = {"dtype": "<f8", "shape": [17], "zlib": True}
BOMB["data"] = base64.b64encode(zlib.compress(bytes(100_000))).decode()
CUT = BOMB | {"data": base64.b64encode(zlib.compress(np.arange(17.0).tobytes())[:20]).decode()}
WEIGHTS = ("run", "checkpoints", 0, "weights")

DAMAGE = {
    "another format": (put("format", value="keras"), 'it is no session: it does not say "format": "descent-lab/session"'),
    "no format": (drop("format"), "it is no session"),
    "no version": (drop("version"), "the file has no version"),
    "a version of words": (put("version", value="one"), "version is 'one', not a whole number from 1"),
    "a bit of an array": (flip_a_bit, "data is damaged: its sum is not the crc32 beside it"),
    "a version far away": (put("version", value=10**30), "saved by a later version of the program: its version is a huge number"),
    "a later version": (put("version", value=7), "saved by a later version of the program: its version is 7, and up to 1 can be read"),
    "a list": (lambda file: file.clear(), "it is no session"),
    "no settings": (drop("spec"), "the file has no spec"),
    "a rate of words": (put("spec", "learning_rate", value="fast"), "spec.learning_rate is 'fast', not a finite number"),
    "a rate out of range": (put("spec", "learning_rate", value=50), "spec.learning_rate 50 is outside (0, 10]"),
    "a huge rate": (put("spec", "learning_rate", value=10**400), "spec.learning_rate is a huge number, not a finite number"),
    "an unknown setting": (put("spec", "dropout", value=0.5), "spec has 'dropout', which is no setting"),
    "an unknown optimizer": (put("spec", "optimizer", value="lion"), "spec.optimizer 'lion' is not one of gd, momentum"),
    "an unknown activation": (put("spec", "activation", value=["swish"]), "spec.activation 'swish' is not one of"),
    "a switch of words": (put("spec", "standardize", value="yes"), "spec.standardize is 'yes', not true or false"),
    "layers of halves": (put("spec", "hidden", value=[2.5]), "spec.hidden[0] is 2.5, not a whole number from 0"),
    "another network": (put("spec", "hidden", value=[5]), "has 17 numbers"),
    "too many layers": (put("spec", "hidden", value=[1024] * 65), "spec.hidden has 65 layers, outside [1, 64]"),
    "activations that do not fit": (put("spec", "activation", value=["tanh"] * 3), "spec: activation names 3 functions"),
    "no run": (drop("run"), "the file has no run"),
    "a run of words": (put("run", value="away"), "run is 'away', not an object"),
    "no segments": (put("run", "segments", value=[]), "run.segments is empty"),
    "segments in disorder": (put("run", "segments", 1, "first", value=0), "run.segments must be in the order of their iterations, each once"),
    "a model changed in mid run": (put("run", "segments", 0, "settings", "hidden", value=[3]), "run.segments[0].settings.hidden is no setting that can be changed in mid run"),
    "another newest part": (put("run", "segments", 2, "settings", "learning_rate", value=0.7), "run.segments[2].settings of the newest part must be empty"),
    "no such data set": (put("run", "segments", 0, "dataset", value=9), "run.segments[0].dataset is 9, not a whole number from 0 to 1"),
    "weights of another shape": (put_array(*WEIGHTS, value=np.zeros(5)), "run.checkpoints[0].weights has 5 numbers, and a 2-4-1 network has 17"),
    "weights of bytes": (put_array(*WEIGHTS, value=np.zeros(17, "u1")), "run.checkpoints[0].weights is of type |u1, not <f8"),
    "weights in single precision": (put_array(*WEIGHTS, value=np.zeros(17, "<f4")), "is of type <f4, not <f8"),
    "memory of another shape": (put_array("run", "checkpoints", 0, "memory", value=np.zeros((1, 17))), "run.checkpoints[0].memory has 1 × 17 numbers, and 2 × 17 are needed"),
    "weights that are not finite": (put_array(*WEIGHTS, value=np.full(17, np.inf)), "run.checkpoints[0].weights has a number that is not finite"),
    "no array of that place": (put(*WEIGHTS, value=500), "run.checkpoints[0].weights is 500, not a whole number from 0 to"),
    "an array that unpacks to more": (put_array(*WEIGHTS, value=BOMB), "holds 137 bytes, and its shape needs 136"),
    "an array that is cut off": (put_array(*WEIGHTS, value=CUT), "].data is cut off"),
    "an array that does not unpack": (put_array(*WEIGHTS, value=CUT | {"data": "AAAA"}), "].data cannot be unpacked"),
    "an array that is no base64": (put("arrays", 0, "data", value="Äpfel"), "arrays[0].data is not base64"),
    "an array of objects": (put("arrays", 0, "dtype", value="|O8"), "arrays[0].dtype is '|O8', not one of <f8, <f4, <i8, |u1, |b1"),
    "a huge array": (put("arrays", 0, "shape", value=[2**31, 2**31]), "arrays[0].shape is too large"),
    "an array of negative length": (put("arrays", 0, "shape", value=[-1]), "arrays[0].shape[0] is -1, not a whole number from 0"),
    "no checkpoints": (put("run", "checkpoints", value=[]), "run.checkpoints is empty"),
    "no checkpoint at a change": (drop_checkpoint(6), "run.checkpoints has none of iteration 6, at which something was changed"),
    "more updates than iterations": (put("run", "checkpoints", 0, "made", value=3), "run.checkpoints[0].made is 3, not a whole number from 0 to 0"),
    "shown beyond the end": (put("run", "shown", value=99), "run.shown is 99, not a whole number from 0 to 12"),
    "a curve of another shape": (put_array("run", "curve", "columns", value=np.zeros((3, 4))), "run.curve.columns has 3 × 4 numbers, and 8 × any are needed"),
    "a curve that goes back": (put_array("run", "curve", "columns", value=np.zeros((8, 4))), "run.curve.columns has iterations that do not ascend from 0 to 12"),
    "a stride of nothing": (put("run", "curve", "stride", value=0), "run.curve.stride is 0, not a whole number from 1"),
    "a trail without a beginning": (put("run", "trail", "iterations", value=[]), "run.trail.iterations is empty"),
    "a mark beyond the end": (put("run", "marks", 0, "iteration", value=13), "run.marks[0].iteration is 13, not a whole number from 0 to 12"),
    "no points": (put("datasets", value=[]), "run.segments[2].dataset is 1, not a whole number from 0 to -1"),
    "points that are not finite": (put_array("datasets", 0, "X", value=np.full((2, 12), np.nan)), "datasets[0].X has a number that is not finite"),
    "points of another length": (put_array("datasets", 0, "X", value=np.zeros((2, 13))), "datasets[0].Y has 1 × 12 numbers, and 1 × 13 are needed"),
    "a third class": (put_array("datasets", 0, "Y", value=np.full((1, 12), 2, "u1")), "datasets[0].Y has a label that is neither 0 nor 1"),
    "the same id twice": (put_array("datasets", 0, "ids", value=np.zeros(12, "<i8")), "datasets[0].ids has the same id twice"),
    "an id below 0": (put_array("datasets", 0, "ids", value=np.arange(12) - 1), "datasets[0].ids has a number that is no id"),
    "a huge id": (put_array("datasets", 0, "ids", value=np.arange(12) * 2**40), "datasets[0].ids has a number that is no id"),
    "a truth of 7": (put_array("datasets", 0, "held", value=encoded(np.full(12, 7, "u1")) | {"dtype": "|b1"}), "holds something else than yes and no"),
    "one class": (put("datasets", 0, "class_names", value=["A"]), "datasets[0].class_names has 1 entries, and 2 are needed"),
    "a name that is a number": (put("datasets", 0, "feature_names", 1, value=7), "datasets[0].feature_names[1] is 7, not a text"),
    "an image of other pixels": (put("datasets", 0, "image_shape", value=[8, 8]), "datasets[0].image_shape is no shape of an image of 2 pixels"),
    "another number of first points": (put("datasets", 0, "loaded", value=3), "datasets[0].loaded is 3, not a whole number from 12 to 12"),
    "a deviation of 0": (put_array("run", "segments", 0, "deviation", value=np.zeros((2, 1))), "run.segments[0].deviation has a number that is not positive"),
    "a mean that is not finite": (put_array("run", "segments", 0, "mean", value=np.full((2, 1), np.inf)), "run.segments[0].mean has a number that is not finite"),
    "a start of another shape": (put_array("start", "weights", value=np.zeros(3)), "start.weights has 3 numbers, and 17 are needed"),
    "kept runs of words": (put("compared", value="none"), "compared is 'none', not a list"),
    "a kept run of another network": (put("compared", 0, "settings", value={"hidden": [9]}), "compared[0].start has 17 numbers, and 37 are needed"),
    "a kept run without its scores": (drop("compared", 0, "scores"), "compared[0] has no scores"),
    "a kept run that ends early": (put("compared", 0, "last", value=3), "compared[0].curve has iterations that do not ascend from 0 to 3"),
    "a window of words": (put("window", value="large"), "window is 'large', not an object"),
}  # fmt: skip
