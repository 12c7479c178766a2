// A loudspeaker, crossed out.
import QtQuick
import QtQuick.Shapes

Shape {
    id: root

    required property color ink

    readonly property real u: root.width / 24

    ShapePath {
        strokeWidth: 0
        strokeColor: "transparent"
        fillColor: root.ink
        startX: 2 * root.u
        startY: 8.5 * root.u

        PathLine {
            x: 6.5 * root.u
            y: 8.5 * root.u
        }
        PathLine {
            x: 12.5 * root.u
            y: 3.5 * root.u
        }
        PathLine {
            x: 12.5 * root.u
            y: 20.5 * root.u
        }
        PathLine {
            x: 6.5 * root.u
            y: 15.5 * root.u
        }
        PathLine {
            x: 2 * root.u
            y: 15.5 * root.u
        }
    }

    ShapePath {
        strokeWidth: 2.4 * root.u
        strokeColor: root.ink
        capStyle: ShapePath.RoundCap
        fillColor: "transparent"
        startX: 16 * root.u
        startY: 8.5 * root.u

        PathLine {
            x: 22 * root.u
            y: 15.5 * root.u
        }
        PathMove {
            x: 22 * root.u
            y: 8.5 * root.u
        }
        PathLine {
            x: 16 * root.u
            y: 15.5 * root.u
        }
    }
}
