// One line to choose: the marked one is taken by Enter, a digit takes its own.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property string title
    required property string detail
    required property string mark
    required property string why
    required property bool marked
    required property real u

    signal chosen

    readonly property bool open: root.why === ""

    height: Math.round((root.detail === "" ? 46 : 56) * root.u)
    radius: 10 * root.u
    color: root.marked ? Theme.primarySoft : mouse.containsMouse ? Theme.paper : "transparent"
    border.width: root.marked ? Math.max(2, Math.round(2 * root.u)) : 0
    border.color: Theme.primary

    KeyCap {
        id: cap
        visible: root.mark !== ""
        anchors.verticalCenter: parent.verticalCenter
        x: 12 * root.u
        u: root.u
        text: root.mark
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: cap.visible ? cap.right : parent.left
        anchors.leftMargin: 14 * root.u
        anchors.right: why.left
        anchors.rightMargin: 8 * root.u

        Label {
            objectName: "optionTitle"
            width: parent.width
            u: root.u
            size: 18
            text: root.title
            elide: Text.ElideRight
            font.weight: root.marked ? Font.Bold : Font.DemiBold
            color: root.open ? Theme.ink : Qt.alpha(Theme.inkSoft, 0.8)
        }

        Label {
            visible: text !== ""
            width: parent.width
            u: root.u
            size: 14
            text: root.detail
            elide: Text.ElideRight
            color: Theme.inkSoft
        }
    }

    Label {
        id: why
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: 14 * root.u
        u: root.u
        size: 14
        text: root.why
        color: Theme.inkSoft
    }

    MouseArea {
        id: mouse
        anchors.fill: parent
        hoverEnabled: true
        onClicked: root.chosen()
    }
}
