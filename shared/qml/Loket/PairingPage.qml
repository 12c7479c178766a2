// A program that the server does not know yet shows its one-time code to the administrator.
import QtQuick

Rectangle {
    id: root

    required property string code
    required property string title
    required property string hint
    property bool dark: false
    property real scaleBy: 1

    color: root.dark ? Theme.night : Theme.paper

    Column {
        anchors.centerIn: parent
        width: parent.width * 0.86
        spacing: Theme.space(5) * root.scaleBy

        Text {
            width: parent.width
            text: root.title
            textFormat: Text.PlainText
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            color: root.dark ? Theme.nightInk : Theme.ink
            font.family: Theme.family
            font.weight: Font.Bold
            font.pixelSize: Theme.title * root.scaleBy
        }

        Text {
            objectName: "pairingCode"
            width: parent.width
            text: root.code
            textFormat: Text.PlainText
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 20
            color: root.dark ? Theme.flash : Theme.primary
            font.family: Theme.family
            font.weight: Font.ExtraBold
            font.letterSpacing: 8 * root.scaleBy
            font.pixelSize: Theme.display * root.scaleBy
        }

        Text {
            width: parent.width
            text: root.hint
            textFormat: Text.PlainText
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            color: root.dark ? Theme.nightInkSoft : Theme.inkSoft
            font.family: Theme.family
            font.pixelSize: Theme.body * root.scaleBy
        }
    }
}
