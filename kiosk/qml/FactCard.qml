// One fact about a service: a drawing, what it is, how much.
import QtQuick
import Loket

Rectangle {
    id: root

    required property string icon
    required property string label
    required property string value
    property string note: ""
    property bool strong: false

    radius: Ui.radius
    color: root.strong ? Theme.primarySoft : Theme.surface
    border.width: root.strong ? 0 : Ui.px(2)
    border.color: Ui.line

    Icon {
        id: drawing
        x: Ui.px(Ui.portrait ? 24 : 12)
        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
        color: Theme.primary
        size: Ui.px(Ui.portrait ? 52 : 36)
        weight: 1.8
    }

    Column {
        anchors.left: drawing.right
        anchors.leftMargin: Ui.px(Ui.portrait ? 22 : 10)
        anchors.right: parent.right
        anchors.rightMargin: Ui.px(Ui.portrait ? 12 : 6)
        anchors.verticalCenter: parent.verticalCenter

        Label {
            width: parent.width
            text: root.label
            size: 22
            color: Ui.soft
            font.weight: Font.Medium
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Label {
            width: parent.width
            text: root.value
            size: root.value.length > 30 ? 21 : root.value.length > 17 ? 26 : root.note !== "" ? 31 : root.strong ? 36 : 30
            lineHeight: 1.02
            font.weight: Font.Bold
            maximumLineCount: root.note === "" ? 2 : 1
            elide: Text.ElideRight
        }

        Label {
            objectName: "note"
            width: parent.width
            visible: root.note !== ""
            text: root.note
            size: 22
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Ui.px(20)
            color: Ui.soft
            font.weight: Font.Medium
            maximumLineCount: 1
        }
    }
}
