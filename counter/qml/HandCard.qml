// Who is in hand: the ticket, what they came for, what they need, how long it has been, who has seen the call.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property var hand: root.vm.hand
    readonly property color stateInk: root.hand.serving ? Theme.good : Theme.accentInk
    readonly property var receiptInk: ({
            "good": Theme.good,
            "pending": Theme.rule,
            "warning": Theme.alarm
        })

    radius: 16 * root.u
    color: Theme.surface
    border.width: 1
    border.color: Theme.rule
    clip: true

    Rectangle {
        visible: root.hand.there
        x: 1
        y: 16 * root.u
        width: Math.round(7 * root.u)
        height: parent.height - 32 * root.u
        radius: 3 * root.u
        color: root.hand.serving ? Theme.good : Theme.accent
    }

    Column {
        visible: !root.hand.there
        anchors.centerIn: parent
        width: parent.width - 48 * root.u
        spacing: 10 * root.u

        Label {
            objectName: "handEmpty"
            width: parent.width
            u: root.u
            size: 38
            text: root.hand.title
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            font.weight: Font.Bold
            color: Theme.inkSoft
        }

        Label {
            width: parent.width
            u: root.u
            size: 18
            text: root.hand.hint
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            color: Theme.inkSoft
        }
    }

    Item {
        visible: root.hand.there
        anchors.fill: parent
        anchors.leftMargin: 28 * root.u
        anchors.rightMargin: 24 * root.u
        anchors.topMargin: 18 * root.u
        anchors.bottomMargin: 16 * root.u

        Row {
            id: standing
            spacing: 14 * root.u

            Badge {
                objectName: "handState"
                anchors.verticalCenter: parent.verticalCenter
                text: root.hand.stateText
                ground: root.hand.serving ? Theme.goodSoft : Theme.accentSoft
                ink: root.stateInk
                scaleBy: root.u * 0.8
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                u: root.u
                size: 16
                text: root.hand.calls
                color: Theme.inkSoft
            }
        }

        Column {
            anchors.right: parent.right

            Label {
                objectName: "handTimer"
                anchors.right: parent.right
                u: root.u
                size: 40
                text: root.vm.timer
                font.weight: Font.Bold
                font.features: ({
                        "tnum": 1
                    })
                color: root.stateInk
            }

            Label {
                anchors.right: parent.right
                u: root.u
                size: 15
                text: root.hand.since
                color: Theme.inkSoft
            }
        }

        Label {
            id: ticket
            objectName: "handTicket"
            anchors.top: standing.bottom
            anchors.topMargin: 2 * root.u
            u: root.u
            size: Math.min(190, (parent.height / root.u) * (root.hand.path !== "" ? 0.25 : root.hand.why === "" ? 0.36 : 0.29))
            text: root.hand.ticket
            font.weight: Font.ExtraBold
            font.letterSpacing: -1
        }

        Column {
            id: service
            anchors.top: ticket.bottom
            anchors.topMargin: 2 * root.u
            width: parent.width
            spacing: 4 * root.u

            Label {
                objectName: "handService"
                width: parent.width
                u: root.u
                size: 23
                text: root.hand.service
                elide: Text.ElideRight
                font.weight: Font.Bold
            }

            Label {
                width: parent.width
                u: root.u
                size: 16
                text: root.hand.agency
                elide: Text.ElideRight
                color: Theme.inkSoft
            }

            Item {
                width: 1
                height: 4 * root.u
            }

            Row {
                spacing: 8 * root.u

                Repeater {
                    model: root.hand.marks

                    Badge {
                        required property var modelData
                        objectName: "handMark"
                        text: modelData.text
                        scaleBy: root.u * 0.8
                    }
                }

                Badge {
                    text: root.hand.language
                    ground: root.hand.foreign ? Theme.primary : Theme.paper
                    ink: root.hand.foreign ? Theme.primaryInk : Theme.inkSoft
                    scaleBy: root.u * 0.8
                }

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    leftPadding: 8 * root.u
                    u: root.u
                    size: 16
                    text: root.hand.arrived
                    color: Theme.inkSoft
                }
            }

            Label {
                objectName: "handPath"
                visible: text !== ""
                width: parent.width
                u: root.u
                size: 16
                text: root.hand.path
                maximumLineCount: 1
                elide: Text.ElideRight
                color: Theme.primary
                font.weight: Font.DemiBold
            }

            Label {
                objectName: "handWhy"
                visible: text !== ""
                width: parent.width
                topPadding: 4 * root.u
                u: root.u
                size: 15
                text: root.hand.why
                wrapMode: Text.WordWrap
                maximumLineCount: 2
                elide: Text.ElideRight
                color: Theme.inkSoft
            }
        }

        Rectangle {
            visible: root.hand.note !== ""
            anchors.right: parent.right
            anchors.bottom: service.top
            anchors.bottomMargin: 6 * root.u
            width: Math.min(note.implicitWidth + 28 * root.u, parent.width - ticket.width - 40 * root.u)
            height: note.height + 16 * root.u
            radius: 10 * root.u
            color: Theme.paper
            border.width: 1
            border.color: Theme.rule

            Label {
                id: note
                objectName: "handNote"
                anchors.centerIn: parent
                width: parent.width - 28 * root.u
                u: root.u
                size: 16
                text: root.hand.note
                wrapMode: Text.WordWrap
                maximumLineCount: 2
                elide: Text.ElideRight
                font.weight: Font.DemiBold
            }
        }

        Flow {
            anchors.bottom: parent.bottom
            width: parent.width
            spacing: 18 * root.u

            Repeater {
                model: root.hand.receipts

                Row {
                    id: receipt
                    required property var modelData
                    spacing: 7 * root.u

                    Rectangle {
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.round(9 * root.u)
                        height: width
                        radius: width / 2
                        color: root.receiptInk[receipt.modelData.kind]
                    }

                    Label {
                        objectName: "receipt"
                        u: root.u
                        size: 14
                        text: receipt.modelData.text
                        color: Theme.inkSoft
                    }
                }
            }
        }
    }
}
