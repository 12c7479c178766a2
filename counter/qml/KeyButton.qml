// A verb with its key: the key does it, a click does the same.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var action
    required property real u
    property bool tall: false
    property bool quiet: false

    readonly property bool live: root.action.live
    readonly property bool filled: root.live && root.action.main

    signal chosen

    implicitHeight: Math.round((root.tall ? 70 : root.quiet ? 42 : 54) * root.u)
    implicitWidth: Math.round(cap.implicitWidth + label.implicitWidth + 30 * root.u)
    radius: 10 * root.u
    color: root.filled ? (mouse.pressed ? Theme.primaryDeep : Theme.primary) : !root.live ? "transparent" : mouse.containsMouse ? Theme.primarySoft : root.quiet ? "transparent" : Theme.surface
    border.width: root.filled ? 0 : root.quiet && !mouse.containsMouse ? 0 : 1
    border.color: root.live ? (mouse.containsMouse ? Theme.primary : Theme.rule) : Qt.alpha(Theme.rule, 0.7)
    Accessible.role: Accessible.Button
    Accessible.name: root.action.text
    Accessible.description: root.action.why
    Accessible.onPressAction: root.chosen()

    KeyCap {
        id: cap
        anchors.verticalCenter: parent.verticalCenter
        x: Math.round((root.quiet ? 8 : 14) * root.u)
        u: root.quiet ? root.u * 0.9 : root.u
        text: root.action.key
        light: root.filled
        faint: !root.live
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: cap.right
        anchors.leftMargin: Math.round((root.quiet ? 8 : 12) * root.u)
        anchors.right: parent.right
        anchors.rightMargin: Math.round(8 * root.u)

        Label {
            id: label
            width: parent.width
            u: root.u
            size: root.tall ? 23 : root.quiet ? 14 : 17
            text: root.action.text
            elide: Text.ElideRight
            font.weight: root.quiet ? Font.DemiBold : Font.Bold
            color: root.filled ? Theme.primaryInk : root.live ? Theme.ink : Qt.alpha(Theme.inkSoft, 0.8)
        }

        Label {
            visible: root.tall && text !== ""
            width: parent.width
            u: root.u
            size: 14
            text: root.action.why
            elide: Text.ElideRight
            color: Theme.inkSoft
        }
    }

    MouseArea {
        id: mouse
        anchors.fill: parent
        hoverEnabled: true
        onClicked: root.chosen()
    }
}
