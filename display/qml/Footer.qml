// The running text, and how this display is: does it hear the server, can it speak.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property real unit
    required property var notices
    required property bool moving
    required property var status

    height: 76 * root.unit
    color: Theme.nightSurface

    Ticker {
        objectName: "ticker"
        x: Theme.space(5) * root.unit
        width: health.x - x - Theme.space(4) * root.unit
        height: parent.height
        unit: root.unit
        notices: root.notices
        moving: root.moving
    }

    Row {
        id: health
        anchors.right: parent.right
        anchors.rightMargin: Theme.space(5) * root.unit
        height: parent.height
        spacing: Theme.space(3) * root.unit

        Row {
            objectName: "soundWarning"
            visible: root.status.sound !== ""
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space(1) * root.unit

            NoSound {
                anchors.verticalCenter: parent.verticalCenter
                width: 34 * root.unit
                height: width
                ink: Theme.flash
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.status.sound
                color: Theme.flash
                font.weight: Font.DemiBold
                font.pixelSize: 24 * root.unit
            }
        }

        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space(1.5) * root.unit

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 16 * root.unit
                height: width
                radius: width / 2
                color: root.status.connected ? Qt.lighter(Theme.good, 1.6) : Theme.flash
            }

            Label {
                objectName: "connection"
                anchors.verticalCenter: parent.verticalCenter
                text: root.status.connection
                color: Theme.nightInkSoft
                font.weight: Font.DemiBold
                font.pixelSize: 24 * root.unit
            }
        }
    }
}
