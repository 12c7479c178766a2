// The number, as large as the screen allows: take the paper below, or photograph the screen.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.number
    readonly property var words: root.vm.screens.words
    readonly property bool showsCode: root.it.qr !== ""
    readonly property bool hasPath: root.it.stops.length > 0
    readonly property bool isTight: root.hasPath && (root.showsCode || !Ui.portrait)

    color: root.it.paper ? Theme.primaryDeep : Theme.paper

    Kawung {
        anchors.fill: parent
        visible: root.it.paper
        cell: Ui.px(Ui.portrait ? 168 : 128)
    }

    // Portrait: one column. Landscape: the ticket to the left, what to do to the right.
    Rectangle {
        id: ticket
        x: Ui.portrait ? (parent.width - width) / 2 : Ui.px(48)
        y: Ui.portrait ? Ui.px(root.showsCode ? (root.hasPath ? 32 : Ui.large ? 44 : 72) : 190) : (parent.height - height) / 2
        width: Ui.portrait ? parent.width - 2 * Ui.px(84) : parent.width * 0.54
        height: inside.height + Ui.px(Ui.portrait ? (root.showsCode ? (root.hasPath ? 84 : 112) : 150) : 72)
        radius: Ui.px(36)
        color: Theme.surface
        border.width: root.it.paper ? 0 : Ui.px(3)
        border.color: Theme.rule

        Repeater {
            model: 2

            Rectangle {
                required property int index

                x: index === 0 ? -width / 2 : ticket.width - width / 2
                y: inside.y + edge.y + edge.height - Ui.px(Ui.portrait ? 6 : 6) - height / 2
                width: Ui.px(Ui.portrait ? 44 : 32)
                height: width
                radius: width / 2
                color: root.color
                border.width: root.it.paper ? 0 : Ui.px(3)
                border.color: Theme.rule
            }
        }

        Column {
            id: inside
            anchors.horizontalCenter: parent.horizontalCenter
            y: Ui.px(Ui.portrait ? (root.showsCode ? (root.hasPath ? 42 : 56) : 76) : 36)
            width: parent.width - 2 * Ui.px(Ui.portrait ? 56 : 40)
            spacing: Ui.px(Ui.portrait ? 16 : 8)

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.words.yourNumber
                size: 34
                color: Ui.soft
                font.weight: Font.DemiBold
            }

            Label {
                objectName: "ticketNumber"
                width: parent.width
                height: Ui.px(Ui.portrait ? (root.isTight ? 190 : 290) : (root.isTight ? 120 : 190))
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                text: root.it.ticket
                size: 280
                fontSizeMode: Text.Fit
                minimumPixelSize: Ui.px(60)
                wrapMode: Text.NoWrap
                color: Theme.primary
                font.weight: Font.ExtraBold
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.it.service
                size: 34
                font.weight: Font.Bold
                maximumLineCount: 2
                elide: Text.ElideRight
            }

            Label {
                width: parent.width
                visible: text !== ""
                horizontalAlignment: Text.AlignHCenter
                text: root.it.agency
                size: 26
                color: Ui.soft
                maximumLineCount: 1
                elide: Text.ElideRight
            }

            Item {
                id: edge
                width: 1
                height: Ui.px(Ui.portrait ? 30 : 16)
            }

            Row {
                id: facts
                width: parent.width

                Label {
                    objectName: "alone"
                    visible: root.it.alone !== ""
                    width: facts.width
                    horizontalAlignment: Text.AlignHCenter
                    text: root.it.alone
                    size: 32
                    color: Theme.ink
                    font.weight: Font.DemiBold
                }

                Repeater {
                    model: root.it.alone !== "" || root.hasPath ? [] : [
                        {
                            "label": root.words.ahead,
                            "value": root.it.ahead,
                            "note": ""
                        },
                        {
                            "label": root.words.estimate,
                            "value": root.it.estimate,
                            "note": root.it.rarely
                        }
                    ]

                    Column {
                        id: fact

                        required property var modelData

                        width: facts.width / 2

                        Label {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            text: fact.modelData.label
                            size: 26
                            color: Ui.soft
                        }

                        Label {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            text: fact.modelData.value
                            size: 42
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Ui.px(18)
                            maximumLineCount: 1
                            font.weight: Font.ExtraBold
                        }

                        Label {
                            width: parent.width
                            visible: text !== ""
                            horizontalAlignment: Text.AlignHCenter
                            text: fact.modelData.note
                            size: 24
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Ui.px(20)
                            maximumLineCount: 1
                            color: Ui.soft
                        }
                    }
                }
            }

            Repeater {
                model: root.it.stops.length

                Row {
                    id: stop

                    required property int index

                    readonly property var row: root.it.stops[stop.index] ?? ({})

                    width: inside.width
                    spacing: Ui.px(16)

                    Label {
                        width: Ui.type(40)
                        horizontalAlignment: Text.AlignRight
                        text: (stop.index + 1) + "."
                        size: 32
                        color: Theme.primary
                        font.weight: Font.ExtraBold
                    }

                    Column {
                        width: parent.width - Ui.type(40) - parent.spacing

                        Label {
                            objectName: "stop-" + stop.index
                            width: parent.width
                            text: stop.row.name ?? ""
                            size: 32
                            font.weight: Font.Bold
                            maximumLineCount: root.isTight ? 1 : 2
                            elide: Text.ElideRight
                        }

                        Label {
                            width: parent.width
                            text: stop.row.detail ?? ""
                            size: 26
                            color: Ui.soft
                            maximumLineCount: root.isTight ? 1 : 2
                            elide: Text.ElideRight
                        }
                    }
                }
            }
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            y: inside.y + edge.y + edge.height - Ui.px(Ui.portrait ? 6 : 6)
            spacing: Ui.px(10)

            Repeater {
                model: Math.max(0, Math.floor((ticket.width - Ui.px(80)) / Ui.px(22)))

                Rectangle {
                    width: Ui.px(12)
                    height: Ui.px(3)
                    color: Theme.rule
                }
            }
        }
    }

    Column {
        id: side
        x: Ui.portrait ? Ui.px(84) : ticket.x + ticket.width + Ui.px(40)
        y: Ui.portrait ? ticket.y + ticket.height + Ui.px(root.showsCode ? (root.hasPath ? 26 : 44) : 96) : (parent.height - height) / 2
        width: Ui.portrait ? parent.width - 2 * x : parent.width - x - Ui.px(40)
        spacing: Ui.px(Ui.portrait ? (root.showsCode ? (root.hasPath ? 16 : 26) : 44) : 14)

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.showsCode
            width: Ui.px(Ui.portrait ? (root.hasPath ? 290 : Ui.large ? 400 : 440) : 270)
            height: width
            radius: Ui.px(20)
            color: "white"
            border.width: Ui.px(2)
            border.color: Theme.rule

            Image {
                objectName: "qr"
                anchors.fill: parent
                anchors.margins: Ui.px(8)
                source: root.it.qr
                smooth: false
                fillMode: Image.PreserveAspectFit
            }
        }

        Label {
            width: parent.width
            visible: root.showsCode
            horizontalAlignment: Text.AlignHCenter
            text: root.words.scanToFollow
            size: 26
            color: root.it.paper ? "#BFE0D8" : Ui.soft
            font.weight: Font.DemiBold
        }

        Label {
            objectName: "headline"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.headline
            size: root.showsCode ? (root.hasPath ? 38 : 46) : 66
            color: root.it.paper ? Theme.primaryInk : Theme.ink
            font.weight: Font.ExtraBold
            lineHeight: 1.05
        }

        Label {
            objectName: "printerNote"
            visible: root.it.note !== ""
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.note
            size: 28
            color: Theme.alarm
            font.weight: Font.DemiBold
        }

        Item {
            visible: root.it.paper && !root.showsCode
            anchors.horizontalCenter: parent.horizontalCenter
            width: Ui.px(Ui.portrait ? 220 : 110)
            height: width + Ui.px(24)

            Icon {
                name: "down"
                color: Theme.flash
                size: parent.width
                weight: 2.4

                SequentialAnimation on y {
                    loops: Animation.Infinite
                    NumberAnimation {
                        to: Ui.px(24)
                        duration: 700
                        easing.type: Easing.InOutQuad
                    }
                    NumberAnimation {
                        to: 0
                        duration: 700
                        easing.type: Easing.InOutQuad
                    }
                }
            }
        }

        BigButton {
            objectName: "finished"
            width: parent.width
            height: Ui.px(Ui.portrait ? 120 : 88)
            kind: root.it.paper ? "tinted" : "primary"
            size: 34
            text: root.words.done + " (" + root.it.seconds + ")"
            onClicked: root.vm.finished()
        }
    }
}
