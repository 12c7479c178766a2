// One of the two ways to begin.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property string text
    required property string detail
    required property bool primary

    signal clicked

    height: Ui.px(Ui.portrait ? 220 : 160)
    radius: Ui.px(Ui.portrait ? 32 : 26)
    color: root.primary ? (touch.pressed ? Theme.primaryDeep : Theme.primary) : (touch.pressed ? Theme.primarySoft : Theme.surface)
    border.width: root.primary ? 0 : Ui.px(4)
    border.color: Theme.primary
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Ui.px(Ui.portrait ? 48 : 36)
        anchors.right: arrow.left
        anchors.verticalCenter: parent.verticalCenter
        spacing: Ui.px(4)

        Label {
            width: parent.width
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Ui.px(18)
            maximumLineCount: 1
            text: root.detail
            size: Ui.portrait ? 50 : 40
            color: root.primary ? Theme.primaryInk : Theme.primary
            font.weight: Font.ExtraBold
        }

        Label {
            width: parent.width
            text: root.text
            size: 30
            color: root.primary ? "#CBE6DF" : Ui.soft
            font.weight: Font.DemiBold
        }
    }

    Rectangle {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Ui.px(Ui.portrait ? 44 : 32)
        anchors.verticalCenter: parent.verticalCenter
        width: Ui.px(Ui.portrait ? 92 : 72)
        height: width
        radius: width / 2
        color: root.primary ? "#26FFFFFF" : Theme.primarySoft

        Icon {
            id: mark
            anchors.verticalCenter: parent.verticalCenter
            x: (parent.width - width) / 2
            name: "next"
            color: root.primary ? Theme.primaryInk : Theme.primary
            size: parent.width * 0.5
            weight: 2.6
        }
    }

    MouseArea {
        id: touch
        anchors.fill: parent
        onClicked: root.clicked()
    }
}
