// A key as it looks on the keyboard.
import QtQuick
import Loket

Rectangle {
    id: root

    required property string text
    required property real u
    property bool light: false
    property bool faint: false

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 16 * root.u)
    implicitHeight: Math.round(28 * root.u)
    radius: 6 * root.u
    color: root.light ? Qt.alpha(Theme.primaryInk, 0.16) : root.faint ? "transparent" : Theme.paper
    border.width: 1
    border.color: root.light ? Qt.alpha(Theme.primaryInk, 0.55) : Theme.rule

    Label {
        id: label
        anchors.centerIn: parent
        u: root.u
        size: 14
        text: root.text
        font.weight: Font.Bold
        color: root.light ? Theme.primaryInk : root.faint ? Qt.alpha(Theme.inkSoft, 0.8) : Theme.ink
    }
}
