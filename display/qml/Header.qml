// Where we are and what time it is there.
import QtQuick
import Loket

Item {
    id: root

    required property real unit
    required property var head
    required property var clock
    required property bool english
    required property bool portrait

    height: (root.portrait ? 250 : 132) * root.unit

    Column {
        x: Theme.space(5) * root.unit
        y: root.portrait ? Theme.space(3) * root.unit : (parent.height - height) / 2
        width: parent.width - 2 * x - (root.portrait ? 0 : time.width + Theme.space(6) * root.unit)

        Label {
            objectName: "siteName"
            width: parent.width
            text: root.head.site
            elide: Text.ElideRight
            font.weight: Font.Bold
            font.pixelSize: Theme.title * root.unit
        }

        Label {
            objectName: "zoneName"
            width: parent.width
            text: root.english && root.head.zoneEn !== root.head.zone ? root.head.zone + "  ·  " + root.head.zoneEn : root.head.zone
            elide: Text.ElideRight
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.caption * root.unit
            color: Theme.nightInkSoft
            font.weight: Font.DemiBold
            font.pixelSize: Theme.lead * root.unit
        }
    }

    Row {
        id: time
        anchors.right: parent.right
        anchors.rightMargin: Theme.space(5) * root.unit
        y: root.portrait ? parent.height - height - Theme.space(1) * root.unit : (parent.height - height) / 2
        spacing: Theme.space(4) * root.unit

        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                objectName: "date"
                anchors.right: parent.right
                text: root.clock.date
                font.weight: Font.DemiBold
                font.pixelSize: Theme.lead * root.unit
            }

            Label {
                anchors.right: parent.right
                visible: root.english
                text: root.clock.dateEn
                color: Theme.nightInkSoft
                font.pixelSize: Theme.body * root.unit
            }
        }

        Label {
            objectName: "clock"
            anchors.verticalCenter: parent.verticalCenter
            text: root.clock.time
            font.weight: Font.Bold
            font.pixelSize: 92 * root.unit
            font.features: {
                "tnum": 1
            }
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            text: root.clock.zone
            color: Theme.nightInkSoft
            font.weight: Font.DemiBold
            font.pixelSize: Theme.lead * root.unit
        }
    }
}
