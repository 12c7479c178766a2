// Who sits where, how the counter stands, the server, the clock.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property var header: root.vm.header
    readonly property var stateGround: ({
            "open": Theme.goodSoft,
            "paused": Theme.accentSoft,
            "closed": Theme.paper
        })
    readonly property var stateInk: ({
            "open": Theme.good,
            "paused": Theme.accentInk,
            "closed": Theme.inkSoft
        })

    implicitHeight: Math.round(62 * root.u)
    color: Theme.surface

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.rule
    }

    Rectangle {
        id: number
        height: parent.height
        width: Math.max(Math.round(150 * root.u), numberText.implicitWidth + 40 * root.u)
        color: Theme.primary

        Label {
            id: numberText
            objectName: "counterNumber"
            anchors.centerIn: parent
            u: root.u
            size: 30
            text: root.header.counter
            font.weight: Font.ExtraBold
            color: Theme.primaryInk
        }
    }

    Column {
        id: who
        anchors.left: number.right
        anchors.leftMargin: 20 * root.u
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(Math.max(officer.implicitWidth, zone.implicitWidth), root.width * 0.24)

        Label {
            id: officer
            objectName: "officerName"
            width: parent.width
            u: root.u
            size: 18
            text: root.header.officer
            elide: Text.ElideRight
            font.weight: Font.Bold
        }

        Label {
            id: zone
            width: parent.width
            u: root.u
            size: 14
            text: root.header.zone
            elide: Text.ElideRight
            color: Theme.inkSoft
        }
    }

    Rectangle {
        id: pill
        anchors.left: who.right
        anchors.leftMargin: 28 * root.u
        anchors.verticalCenter: parent.verticalCenter
        width: state.implicitWidth + 40 * root.u
        height: Math.round(40 * root.u)
        radius: height / 2
        color: root.stateGround[root.header.state]

        Row {
            id: state
            anchors.centerIn: parent
            spacing: 8 * root.u

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.round(10 * root.u)
                height: width
                radius: width / 2
                color: root.stateInk[root.header.state]
            }

            Label {
                objectName: "counterState"
                anchors.verticalCenter: parent.verticalCenter
                u: root.u
                size: 17
                text: root.header.stateText
                font.weight: Font.Bold
                color: root.stateInk[root.header.state]
            }

            Label {
                objectName: "counterSince"
                anchors.verticalCenter: parent.verticalCenter
                u: root.u
                size: 15
                text: root.header.stateSince
                color: root.stateInk[root.header.state]
            }
        }
    }

    Label {
        id: served
        anchors.right: connection.left
        anchors.rightMargin: 24 * root.u
        anchors.verticalCenter: parent.verticalCenter
        visible: x > pill.x + pill.width + 12 * root.u
        u: root.u
        size: 15
        text: root.header.served
        color: Theme.inkSoft
    }

    Row {
        id: connection
        anchors.right: time.left
        anchors.rightMargin: 24 * root.u
        anchors.verticalCenter: parent.verticalCenter
        spacing: 7 * root.u

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(9 * root.u)
            height: width
            radius: width / 2
            color: root.vm.connection.live ? Theme.good : Theme.alarm
        }

        Label {
            objectName: "connection"
            anchors.verticalCenter: parent.verticalCenter
            u: root.u
            size: 15
            text: root.vm.connection.text
            color: root.vm.connection.live ? Theme.inkSoft : Theme.alarm
            font.weight: root.vm.connection.live ? Font.Medium : Font.Bold
        }
    }

    Column {
        id: time
        anchors.right: parent.right
        anchors.rightMargin: 20 * root.u
        anchors.verticalCenter: parent.verticalCenter

        Label {
            anchors.right: parent.right
            u: root.u
            size: 26
            text: root.vm.clock.time
            font.weight: Font.ExtraBold
        }

        Label {
            anchors.right: parent.right
            u: root.u
            size: 15
            text: root.vm.clock.day
            color: Theme.inkSoft
        }
    }
}
