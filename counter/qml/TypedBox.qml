// What is being typed, with a cursor; the keys go through the window, not through this box.
import QtQuick
import Loket

Rectangle {
    id: root

    required property string text
    required property string placeholder
    required property real u
    property bool active: true

    implicitHeight: Math.round(48 * root.u)
    radius: 10 * root.u
    color: Theme.surface
    border.width: root.active ? Math.max(2, Math.round(2 * root.u)) : 1
    border.color: root.active ? Theme.primary : Theme.rule
    clip: true

    Label {
        id: label
        objectName: "typed"
        anchors.verticalCenter: parent.verticalCenter
        x: 14 * root.u
        u: root.u
        size: 19
        text: root.text
        font.weight: Font.DemiBold
    }

    Label {
        visible: root.text === ""
        anchors.verticalCenter: parent.verticalCenter
        x: 20 * root.u
        width: parent.width - 34 * root.u
        u: root.u
        size: 17
        text: root.placeholder
        elide: Text.ElideRight
        color: Theme.inkSoft
    }

    Rectangle {
        id: cursor
        visible: root.active
        x: label.x + label.implicitWidth + 1
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(2, Math.round(2 * root.u))
        height: parent.height * 0.54
        color: Theme.primary
    }
}
