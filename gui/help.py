"""The two texts of the Help menu."""

KEYS = """
<table cellspacing="6">
<tr><td><b>Space</b></td><td>run, pause</td></tr>
<tr><td><b>Right</b></td><td>one iteration</td></tr>
<tr><td><b>Shift+Right</b></td><td>ten iterations</td></tr>
<tr><td><b>Left, Shift+Left</b></td><td>look back by one iteration, by ten</td></tr>
<tr><td><b>Home, End</b></td><td>the first iteration, the newest</td></tr>
<tr><td><b>Ctrl+G</b></td><td>go on from the iteration shown, and drop what came after</td></tr>
<tr><td><b>R</b></td><td>back to the same first weights</td></tr>
<tr><td><b>+ −</b></td><td>faster, slower</td></tr>
<tr><td><b>F</b></td><td>show all points</td></tr>
<tr><td><b>L</b></td><td>logarithmic cost</td></tr>
<tr><td><b>Ctrl+Z, Ctrl+Shift+Z</b></td><td>undo, redo</td></tr>
<tr><td><b>Ctrl+O</b></td><td>open data</td></tr>
<tr><td><b>Ctrl+E</b></td><td>save the picture of the plot used last</td></tr>
<tr><td><b>Ctrl+S, Ctrl+L</b></td><td>save weights, load weights</td></tr>
<tr><td><b>Left button</b></td><td>paint the first class; drag to paint along</td></tr>
<tr><td><b>Right button</b></td><td>paint the second class</td></tr>
<tr><td><b>Shift+drag</b></td><td>erase</td></tr>
<tr><td><b>Middle button</b></td><td>move the plane</td></tr>
<tr><td><b>Wheel</b></td><td>zoom</td></tr>
<tr><td><b>Drag the point</b></td><td>on the cost surface: descend from there</td></tr>
</table>
"""

ABOUT = """
<h3>Descent Lab</h3>
<p>See gradient descent: data, boundary, cost and gradients, moving while a network learns.</p>
<p>MIT licence. Built on PySide6 (Qt), pyqtgraph, NumPy and contourpy; the font is Inter (OFL).
Sources and licences of the data sets stand in <i>assets/datasets/README.md</i>.</p>
"""
