// Measures of the kiosk: everything grows with the window and, where the visitor asks for it, with the text.
pragma Singleton
import QtQuick
import Loket

QtObject {
    id: root

    property real width: 1080
    property real height: 1920
    property bool large: false

    readonly property bool portrait: root.height > root.width
    readonly property real scale: root.portrait ? Math.min(root.width / 1080, root.height / 1920) : Math.min(root.width / 1280, root.height / 800)
    readonly property real margin: root.px(root.portrait ? 48 : 28)
    readonly property real gap: root.px(root.portrait ? 16 : 12)
    // 20 mm: 55 px on 32 inches of 1080 x 1920, 75 px on 15.6 inches of 1280 x 800.
    readonly property real touch: root.px(root.portrait ? 96 : 78)
    readonly property real radius: root.px(root.portrait ? 20 : 16)

    // No text is smaller: 8.9 mm upright, 5.8 mm lying (em height), and the visitor's larger text grows from there.
    readonly property real smallest: root.portrait ? 24 : 22

    readonly property color soft: root.large ? Theme.ink : Theme.inkSoft
    readonly property color line: root.large ? Theme.inkSoft : Theme.rule

    function px(length: real): real {
        return length * root.scale;
    }

    function type(size: real): real {
        return Math.round(Math.max(root.smallest, size * (root.portrait ? 1 : 0.8)) * root.scale * (root.large ? 1.15 : 1));
    }
}
