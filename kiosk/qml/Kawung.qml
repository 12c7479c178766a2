// The kawung pattern of Javanese batik, drawn faintly: four petals around a point.
import QtQuick

Canvas {
    id: root

    property color ink: "white"
    property real cell: 120

    opacity: 0.07
    onWidthChanged: root.requestPaint()
    onHeightChanged: root.requestPaint()
    onCellChanged: root.requestPaint()
    onPaint: {
        const pen = root.getContext("2d");
        pen.reset();
        pen.strokeStyle = root.ink;
        pen.fillStyle = root.ink;
        pen.lineWidth = Math.max(1, root.cell / 50);
        const half = root.cell / 2;
        for (let x = 0; x <= root.width + root.cell; x += root.cell) {
            for (let y = 0; y <= root.height + root.cell; y += root.cell) {
                for (let quarter = 0; quarter < 4; quarter++) {
                    pen.save();
                    pen.translate(x, y);
                    pen.rotate(Math.PI / 4 + quarter * Math.PI / 2);
                    pen.beginPath();
                    pen.ellipse(half * 0.14, -half * 0.3, half * 1.12, half * 0.6);
                    pen.stroke();
                    pen.beginPath();
                    pen.ellipse(half * 0.62, -half * 0.05, half * 0.16, half * 0.1);
                    pen.fill();
                    pen.restore();
                }
            }
        }
    }
}
