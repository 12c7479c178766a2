// Line drawings on a grid of 24, drawn by us.
import QtQuick
import QtQuick.Shapes

Item {
    id: root

    required property string name
    property color color: "black"
    property real size: 24
    property real weight: 2

    readonly property var drawings: ({
            "back": "M15 5 L8 12 L15 19",
            "next": "M9 5 L16 12 L9 19",
            "home": "M4 11.5 L12 4.5 L20 11.5 M6.5 9.5 V20 H17.5 V9.5",
            "search": "M4 10.5 a6.5 6.5 0 1 0 13 0 a6.5 6.5 0 1 0 -13 0 M15.5 15.5 L20.5 20.5",
            "people": "M5.5 7.5 a3.5 3.5 0 1 0 7 0 a3.5 3.5 0 1 0 -7 0 M2.5 20 C2.5 15.8 5 14.2 9 14.2 C13 14.2 15.5 15.8 15.5 20 M15.8 4.6 C18 4.4 19.3 5.9 19.3 7.6 C19.3 9.3 18 10.7 16 10.6 M18 14.4 C20.4 15.1 21.5 17 21.5 20",
            "clock": "M3.5 12 a8.5 8.5 0 1 0 17 0 a8.5 8.5 0 1 0 -17 0 M12 7 V12.3 L15.4 14.4",
            "timer": "M4.8 13.6 a7.2 7.2 0 1 0 14.4 0 a7.2 7.2 0 1 0 -14.4 0 M9.5 3 H14.5 M12 3 V6.2 M12 9.8 V13.6",
            "fee": "M3.5 8 H20.5 V19.5 H3.5 Z M3.5 8 L15.5 4.5 V8 M15.6 13.75 H17.4",
            "check": "M5 12.5 L10 17.5 L19 7",
            "erase": "M8.5 6 H21 V18 H8.5 L3 12 Z M12 9.6 L16.8 14.4 M16.8 9.6 L12 14.4",
            "globe": "M3.5 12 a8.5 8.5 0 1 0 17 0 a8.5 8.5 0 1 0 -17 0 M3.5 12 H20.5 M12 3.5 C8.4 6.8 8.4 17.2 12 20.5 M12 3.5 C15.6 6.8 15.6 17.2 12 20.5",
            "text": "M3.5 19 L8.7 5.5 L14 19 M5.4 14.4 H12 M15.2 19 L18.2 11 L21.2 19 M16.3 16.4 H20.1",
            "heart": "M12 20 C5 15.2 3.2 12 3.2 8.9 C3.2 6.2 5.2 4.4 7.6 4.4 C9.5 4.4 11.1 5.4 12 7.2 C12.9 5.4 14.5 4.4 16.4 4.4 C18.8 4.4 20.8 6.2 20.8 8.9 C20.8 12 19 15.2 12 20 Z",
            "paper": "M6 3 H18 V21 L15 19 L12 21 L9 19 L6 21 Z M9 8 H15 M9 12 H15",
            "alert": "M12 4 L21 19.5 H3 Z M12 10 V14.2 M12 16.8 V17",
            "down": "M12 4 V19 M5 12.5 L12 19.5 L19 12.5",
            "camera": "M3.5 7.5 H7.5 L9.2 5 H14.8 L16.5 7.5 H20.5 V19 H3.5 Z M8.4 13 a3.6 3.6 0 1 0 7.2 0 a3.6 3.6 0 1 0 -7.2 0",
            "elderly": "M8.4 4.6 a2.1 2.1 0 1 0 4.2 0 a2.1 2.1 0 1 0 -4.2 0 M10.3 8.4 C7.8 10 7.6 12.8 8.6 15 L7.2 21 M8.6 15 L12 17 V21 M10.3 9.6 L14.4 12.6 H17.2 V21",
            "pregnant": "M8.9 4.6 a2.1 2.1 0 1 0 4.2 0 a2.1 2.1 0 1 0 -4.2 0 M11 8.2 C8.6 9.6 8.6 13 9 15.4 H14 C16.4 14 15.6 10.8 11.4 9.8 M9 15.4 L9.4 21 M13 15.4 V21",
            "infant": "M6.4 10 a5.6 5.6 0 1 0 11.2 0 a5.6 5.6 0 1 0 -11.2 0 M10 9.4 V9.6 M14 9.4 V9.6 M10 12.2 C11 13.4 13 13.4 14 12.2 M5.5 21 C6 17.8 18 17.8 18.5 21",
            "disability": "M8 4.4 a1.9 1.9 0 1 0 3.8 0 a1.9 1.9 0 1 0 -3.8 0 M10 7.6 V13.2 H15.4 L18 19.2 M10 9.8 H14.4 M7.6 11.4 C5.4 12.6 4.6 14.4 4.9 16.6 C5.3 19 7.2 20.8 9.8 20.8 C12.2 20.8 14 19.6 14.8 17.4",
            "other": "M3.5 12 a8.5 8.5 0 1 0 17 0 a8.5 8.5 0 1 0 -17 0 M12 8.2 V15.8 M8.2 12 H15.8",
            "printer": "M7 8.5 V3.5 H17 V8.5 M7 16.5 H3.5 V8.5 H20.5 V16.5 H17 M7 13.5 H17 V20.5 H7 Z",
            "plug": "M9 3.5 V8 M15 3.5 V8 M6.5 8 H17.5 V11 C17.5 14 15 16 12 16 C9 16 6.5 14 6.5 11 Z M12 16 V21",
            "lock": "M5.5 10.5 H18.5 V20.5 H5.5 Z M8.5 10.5 V7.5 C8.5 5.4 10 4 12 4 C14 4 15.5 5.4 15.5 7.5 V10.5"
        })

    implicitWidth: root.size
    implicitHeight: root.size

    Shape {
        width: 24
        height: 24
        scale: root.size / 24
        transformOrigin: Item.TopLeft

        ShapePath {
            strokeColor: root.color
            strokeWidth: root.weight
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: root.drawings[root.name] ?? ""
            }
        }
    }
}
