// A short word in a coloured pill: a need, a state.
import QtQuick

Rectangle {
    id: root

    required property string text
    property color ground: Theme.accentSoft
    property color ink: Theme.accentInk
    property real textSize: Theme.caption
    property real scaleBy: 1

    implicitWidth: label.implicitWidth + Theme.space(3) * root.scaleBy
    implicitHeight: label.implicitHeight + Theme.space(1) * root.scaleBy
    radius: height / 2
    color: root.ground

    Text {
        id: label
        anchors.centerIn: parent
        text: root.text
        textFormat: Text.PlainText
        color: root.ink
        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: root.textSize * root.scaleBy
    }
}
