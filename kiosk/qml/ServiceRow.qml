// One service in a list: its name, who waits and how long, or when it opens.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var row

    readonly property bool isOpen: root.row.open ?? false

    signal clicked

    objectName: "service-" + (root.row.id ?? "")
    radius: Ui.radius
    color: touch.pressed ? Theme.primarySoft : root.isOpen ? Theme.surface : "transparent"
    border.width: Ui.px(2)
    border.color: touch.pressed ? Theme.primary : Ui.line
    Accessible.role: Accessible.Button
    Accessible.name: root.row.name ?? ""
    Accessible.onPressAction: root.clicked()

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Ui.px(Ui.portrait ? 30 : 20)
        anchors.right: arrow.left
        anchors.rightMargin: Ui.px(12)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Ui.px(Ui.portrait ? 5 : 2)

        Label {
            width: parent.width
            text: root.row.name ?? ""
            size: Ui.portrait ? 30 : 27
            color: root.isOpen ? Theme.ink : Ui.soft
            font.weight: Font.Bold
            lineHeight: 1.05
            maximumLineCount: root.height >= Ui.px(Ui.portrait ? 118 : 96) ? 2 : 1
            elide: Text.ElideRight
        }

        Row {
            width: parent.width
            spacing: Ui.px(10)

            Badge {
                id: badge
                visible: text !== ""
                anchors.verticalCenter: parent.verticalCenter
                text: root.row.under ?? ""
                ground: Theme.primarySoft
                ink: Theme.primary
                textSize: 20
                scaleBy: Ui.type(20) / 20
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - (badge.visible ? badge.width + parent.spacing : 0)
                text: root.row.detail ?? ""
                size: Ui.portrait ? 24 : 22
                fontSizeMode: Text.HorizontalFit // beside a long badge, larger letters give way down to the usual ones
                minimumPixelSize: Math.round(Ui.smallest * Ui.scale)
                color: root.isOpen ? Ui.soft : Theme.accentInk
                font.weight: Font.DemiBold
                maximumLineCount: 1
                elide: Text.ElideRight
            }
        }
    }

    Icon {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Ui.px(Ui.portrait ? 26 : 16)
        anchors.verticalCenter: parent.verticalCenter
        name: "next"
        color: root.isOpen ? Theme.primary : Ui.soft
        size: Ui.px(Ui.portrait ? 40 : 30)
        weight: 2.4
    }

    MouseArea {
        id: touch
        anchors.fill: parent
        onClicked: root.clicked()
    }
}
