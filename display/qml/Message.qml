// One sentence for the administrator, in both languages, where there is no board to show.
import QtQuick
import Loket

Rectangle {
    id: root

    required property real unit
    required property string text
    required property string textEn

    color: Theme.night

    Column {
        anchors.centerIn: parent
        width: parent.width * 0.76
        spacing: Theme.space(4) * root.unit

        Label {
            width: parent.width
            text: root.text
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            font.weight: Font.Bold
            font.pixelSize: Theme.headline * root.unit
        }

        Label {
            width: parent.width
            text: root.textEn
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightInkSoft
            font.pixelSize: Theme.title * root.unit
        }
    }
}
