// One of four faces, from the worst to the best: the mouth and the word tell them apart, the colour only helps.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Loket

Item {
    id: root

    required property int score
    property real size: 64

    readonly property var skins: ["#EB9C8C", "#F3CD85", "#BCDCA0", "#7CC795"]
    readonly property var mouths: ["M19 48 C24 37 40 37 45 48", "M21 46 C26 41.5 38 41.5 43 46", "M20 41 C25 47 39 47 44 41", ""]

    width: root.size
    height: root.size

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: root.skins[root.score - 1]
    }

    Shape {
        width: 64
        height: 64
        scale: root.size / 64
        transformOrigin: Item.TopLeft

        ShapePath {
            strokeColor: "transparent"
            fillColor: Theme.ink
            PathSvg {
                path: "M19.1 28 a3.4 4.4 0 1 0 6.8 0 a3.4 4.4 0 1 0 -6.8 0 M38.1 28 a3.4 4.4 0 1 0 6.8 0 a3.4 4.4 0 1 0 -6.8 0" + (root.score === 4 ? " M16.5 38 h31 c-1 18 -30 18 -31 0 z" : "")
            }
        }

        ShapePath {
            strokeColor: Theme.ink
            strokeWidth: 4
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            PathSvg {
                path: root.mouths[root.score - 1] + (root.score === 1 ? " M15 25 L24 19 M49 25 L40 19" : "")
            }
        }

        ShapePath {
            strokeColor: root.score === 4 ? "#FFFFFF" : "transparent"
            strokeWidth: 4
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            PathSvg {
                path: "M21 41 H43"
            }
        }
    }
}
