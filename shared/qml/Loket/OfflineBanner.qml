// A strip that says the server is gone, and that it need not be told.
import QtQuick

Rectangle {
    id: root

    required property bool shown
    required property string text
    property real scaleBy: 1

    height: root.shown ? label.implicitHeight + Theme.space(3) * root.scaleBy : 0
    visible: height > 0
    clip: true
    color: Theme.alarm

    Behavior on height {
        NumberAnimation {
            duration: 150
        }
    }

    Text {
        id: label
        anchors.centerIn: parent
        width: parent.width - Theme.space(4) * root.scaleBy
        text: root.text
        textFormat: Text.PlainText
        wrapMode: Text.WordWrap
        horizontalAlignment: Text.AlignHCenter
        color: Theme.primaryInk
        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: Theme.body * root.scaleBy
    }
}
