// The server is gone: since when, and whom to ask.
import QtQuick
import Loket

Rectangle {
    id: root

    required property real unit
    required property string text
    required property string textEn

    height: content.height + Theme.space(8) * root.unit
    radius: Theme.radius * root.unit
    color: Theme.alarm

    Column {
        id: content
        anchors.centerIn: parent
        width: parent.width - Theme.space(8) * root.unit
        spacing: Theme.space(1) * root.unit

        Label {
            objectName: "staleText"
            width: parent.width
            text: root.text
            color: Theme.primaryInk
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            font.weight: Font.Bold
            font.pixelSize: Theme.headline * root.unit
        }

        Label {
            visible: text !== ""
            width: parent.width
            text: root.textEn
            color: Theme.primaryInk
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.title * 0.9 * root.unit
        }
    }
}
