"""The two texts of the Help menu."""

KEYS = """
<table cellspacing="6">
<tr><td><b>Space</b></td><td>run, pause</td></tr>
<tr><td><b>Right</b></td><td>one iteration</td></tr>
<tr><td><b>Shift+Right</b></td><td>ten iterations</td></tr>
<tr><td><b>Left, Shift+Left</b></td><td>look back by one iteration, by ten</td></tr>
<tr><td><b>Home, End</b></td><td>the first iteration, the newest</td></tr>
<tr><td><b>Ctrl+Right</b></td><td>go on from the iteration shown, and drop what came after</td></tr>
<tr><td><b>R</b></td><td>back to the same first weights</td></tr>
<tr><td><b>Ctrl+K, Ctrl+Shift+K</b></td><td>keep this run's cost to compare others with it, forget kept runs</td></tr>
<tr><td><b>+ −</b></td><td>faster, slower</td></tr>
<tr><td><b>F</b></td><td>show all points</td></tr>
<tr><td><b>Mouse on a point</b></td><td>its values, its probability and its loss</td></tr>
<tr><td><b>Mouse on the cost</b></td><td>the values of its curves; a click goes to that iteration</td></tr>
<tr><td><b>Double click on an axis</b></td><td>choose which part of it is shown</td></tr>
<tr><td><b>L</b></td><td>logarithmic cost</td></tr>
<tr><td><b>Ctrl+1, Ctrl+2…</b></td><td>show or hide a view, as numbered in the View menu</td></tr>
<tr><td><b>Ctrl+0</b></td><td>the views of a new window, where it has them</td></tr>
<tr><td><b>Double click on a title</b></td><td>give a view all the room, and back; dock one that floats</td></tr>
<tr><td><b>Ctrl+Z, Ctrl+Shift+Z</b></td><td>undo, redo</td></tr>
<tr><td><b>Ctrl+G</b></td><td>add made-up points</td></tr>
<tr><td><b>Ctrl+O, Ctrl+V</b></td><td>open data, paste cells of a spreadsheet</td></tr>
<tr><td><b>Ctrl+I</b></td><td>choose other columns, label or classes of the table</td></tr>
<tr><td><b>Ctrl+Shift+S</b></td><td>save the points</td></tr>
<tr><td><b>Ctrl+E</b></td><td>save the plot used last: as a picture, a drawing or a table</td></tr>
<tr><td><b>Ctrl+Shift+E, Ctrl+Shift+R</b></td><td>save the run as an animation, save a report</td></tr>
<tr><td><b>Ctrl+N, Ctrl+Shift+O</b></td><td>new session, open a session</td></tr>
<tr><td><b>Ctrl+S, Ctrl+Alt+S</b></td><td>save the session, save it as another</td></tr>
<tr><td><b>Ctrl+Shift+W, Ctrl+L</b></td><td>save weights, load weights</td></tr>
<tr><td><b>Left button</b></td><td>the tool, with the chosen class: at first a point, or several along a drag</td></tr>
<tr><td><b>Right button</b></td><td>the same with the other class; the magnet pushes</td></tr>
<tr><td><b>Shift+drag</b></td><td>erase, with any tool</td></tr>
<tr><td><b>Ctrl+drag</b></td><td>select, and move points, with any tool</td></tr>
<tr><td><b>Ctrl+click on a point</b></td><td>follow it through all views</td></tr>
<tr><td><b>Double click</b></td><td>give a point the other class (point, select, lasso)</td></tr>
<tr><td><b>Middle button</b></td><td>move the plane</td></tr>
<tr><td><b>Wheel</b></td><td>brush size; zoom where the tool has no brush, and with Ctrl</td></tr>
</table>
<p>With the plot in focus:</p>
<table cellspacing="6">
<tr><td><b>P S U I O</b></td><td>point, spray, uniform spray, line, ring</td></tr>
<tr><td><b>V K</b></td><td>select by rectangle, by lasso</td></tr>
<tr><td><b>C J M E</b></td><td>relabel, jitter, magnet, eraser</td></tr>
<tr><td><b>[ ]</b></td><td>smaller, larger brush</td></tr>
<tr><td><b>1 2, X, T</b></td><td>class, other class, for the test; of the selected points, if there are any</td></tr>
<tr><td><b>Ctrl+A, Ctrl+D, Delete</b></td><td>select all, duplicate, delete</td></tr>
<tr><td><b>Arrows</b></td><td>with a select tool: move the selected points by a pixel, with Shift by ten</td></tr>
<tr><td><b>Esc</b></td><td>take back the stroke; from anywhere, let go of the selection and the point followed</td></tr>
<tr><td><b>On the network</b></td><td>click a line or a diamond to type its value, or drag it; with Shift finely</td></tr>
<tr><td><b>Drag the point</b></td><td>on the cost surface: descend from there; a drag turns it in 3-D</td></tr>
</table>
"""

ABOUT = """
<h3>Descent Lab</h3>
<p>See gradient descent: data, boundary, cost and gradients, moving while a network learns.</p>
<p>MIT licence. Built on PySide6 (Qt), pyqtgraph, NumPy, contourpy and ziamath; the fonts are Inter and STIX Two
Math (OFL). Sources and licences of the data sets stand in <i>assets/datasets/README.md</i>.</p>
"""
