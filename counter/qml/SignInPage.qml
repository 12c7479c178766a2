// Counter, officer, PIN: one after the other, typed or chosen.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property var page: root.vm.signIn
    readonly property string pinDots: "●".repeat(root.page.pinLength)
    readonly property var words: root.vm.words

    color: Theme.paper

    component Step: Rectangle {
        id: step

        required property string entry
        required property string label
        required property string value

        readonly property bool active: root.page.entry === step.entry

        width: parent.width
        height: Math.round(64 * root.u)
        radius: 12 * root.u
        color: step.active ? Theme.primarySoft : Theme.surface
        border.width: step.active ? Math.max(2, Math.round(2 * root.u)) : 1
        border.color: step.active ? Theme.primary : Theme.rule

        Label {
            x: 18 * root.u
            y: 9 * root.u
            u: root.u
            size: 14
            text: step.label
            font.weight: Font.DemiBold
            color: step.active ? Theme.primary : Theme.inkSoft
        }

        Label {
            objectName: "signIn-" + step.entry
            x: 18 * root.u
            width: parent.width - 36 * root.u
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 9 * root.u
            u: root.u
            size: 20
            text: step.value === "" ? "–" : step.value
            elide: Text.ElideRight
            font.weight: Font.Bold
            color: step.value === "" ? Theme.rule : Theme.ink
        }

        MouseArea {
            anchors.fill: parent
            onClicked: root.vm.chooseEntry(step.entry)
        }
    }

    Rectangle {
        id: brand
        width: Math.round(parent.width * 0.3)
        height: parent.height
        color: Theme.primary

        Column {
            x: 40 * root.u
            y: 44 * root.u
            width: parent.width - 80 * root.u
            spacing: 6 * root.u

            Label {
                u: root.u
                size: 44
                text: root.words.program
                font.weight: Font.ExtraBold
                color: Theme.primaryInk
            }

            Label {
                width: parent.width
                u: root.u
                size: 19
                text: root.vm.header.site
                wrapMode: Text.WordWrap
                font.weight: Font.DemiBold
                color: Qt.alpha(Theme.primaryInk, 0.85)
            }
        }

        Column {
            x: 40 * root.u
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 40 * root.u

            Label {
                u: root.u
                size: 56
                text: root.vm.clock.time
                font.weight: Font.Bold
                color: Theme.primaryInk
            }

            Label {
                u: root.u
                size: 17
                text: root.vm.clock.day
                color: Qt.alpha(Theme.primaryInk, 0.85)
            }

            Item {
                width: 1
                height: 22 * root.u
            }

            Row {
                spacing: 8 * root.u

                Rectangle {
                    anchors.verticalCenter: connection.verticalCenter
                    width: Math.round(10 * root.u)
                    height: width
                    radius: width / 2
                    color: root.vm.connection.live ? "#7FD6A4" : Theme.flash
                }

                Label {
                    id: connection
                    u: root.u
                    size: 16
                    text: root.vm.connection.text
                    color: Theme.primaryInk
                }
            }
        }
    }

    Item {
        anchors.left: brand.right
        anchors.right: parent.right
        height: parent.height

        Column {
            id: form
            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(36 * root.u, (parent.height - 640 * root.u) / 2)
            width: Math.floor(Math.min(parent.width - 72 * root.u, 760 * root.u))
            spacing: 14 * root.u

            Label {
                objectName: "signInTitle"
                u: root.u
                size: 34
                text: root.words.signInTitle
                font.weight: Font.ExtraBold
            }

            Label {
                width: parent.width
                u: root.u
                size: 17
                text: root.words.signInLead
                wrapMode: Text.WordWrap
                color: Theme.inkSoft
            }

            Grid {
                width: parent.width
                columns: 3
                columnSpacing: 12 * root.u

                Item {
                    width: (form.width - 24 * root.u) * 0.26
                    height: 64 * root.u

                    Step {
                        entry: "counter"
                        label: root.words.fieldCounter
                        value: root.page.counter
                    }
                }

                Item {
                    width: (form.width - 24 * root.u) * 0.46
                    height: 64 * root.u

                    Step {
                        entry: "officer"
                        label: root.words.fieldOfficer
                        value: root.page.officer
                    }
                }

                Item {
                    width: (form.width - 24 * root.u) * 0.28
                    height: 64 * root.u

                    Step {
                        entry: "pin"
                        label: root.words.fieldPin
                        value: root.pinDots
                    }
                }
            }

            TypedBox {
                width: parent.width
                u: root.u
                text: root.page.choosing ? root.page.query : root.pinDots
                placeholder: root.page.placeholder
            }

            OptionList {
                visible: root.page.choosing
                width: parent.width
                height: Math.min(contentHeight, Math.max(240 * root.u, root.height - 400 * root.u))
                u: root.u
                lines: root.page.lines
                marked: root.vm.marked
                onChosen: index => root.vm.chooseOption(index)
            }

            Label {
                visible: text !== ""
                u: root.u
                size: 17
                text: root.page.hint
                color: Theme.inkSoft
            }

            MessageLine {
                width: parent.width
                u: root.u
                text: root.vm.message
            }

            Label {
                u: root.u
                size: 14
                text: root.page.keys
                color: Theme.inkSoft
            }
        }

        KeyButton {
            objectName: "verb-language"
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: 16 * root.u
            u: root.u
            quiet: true
            action: root.vm.actions.language
            onChosen: root.vm.chooseVerb("language")
        }
    }

    Rectangle {
        objectName: "takeOver"
        visible: root.page.taking
        anchors.fill: parent
        color: Qt.alpha(Theme.ink, 0.5)

        MouseArea {
            anchors.fill: parent
        }

        Rectangle {
            anchors.centerIn: parent
            width: Math.min(parent.width - 60 * root.u, 640 * root.u)
            height: taking.implicitHeight + 56 * root.u
            radius: 18 * root.u
            color: Theme.surface

            Rectangle {
                width: parent.width
                height: Math.round(8 * root.u)
                radius: 4 * root.u
                color: Theme.accent
            }

            Column {
                id: taking
                x: 28 * root.u
                y: 32 * root.u
                width: parent.width - 56 * root.u
                spacing: 14 * root.u

                Label {
                    objectName: "takeOverTitle"
                    width: parent.width
                    u: root.u
                    size: 28
                    text: root.page.takingTitle
                    wrapMode: Text.WordWrap
                    font.weight: Font.Bold
                }

                Label {
                    width: parent.width
                    u: root.u
                    size: 18
                    text: root.page.takingBody
                    wrapMode: Text.WordWrap
                    color: Theme.inkSoft
                }

                Row {
                    spacing: 26 * root.u

                    Row {
                        spacing: 10 * root.u

                        KeyCap {
                            u: root.u * 1.15
                            text: root.words.keyReturn
                        }

                        Label {
                            anchors.verticalCenter: parent.verticalCenter
                            u: root.u
                            size: 18
                            text: root.words.takeOver
                            font.weight: Font.Bold
                        }
                    }

                    Row {
                        spacing: 10 * root.u

                        KeyCap {
                            u: root.u * 1.15
                            text: root.words.keyEscape
                        }

                        Label {
                            anchors.verticalCenter: parent.verticalCenter
                            u: root.u
                            size: 18
                            text: root.words.dontTakeOver
                            color: Theme.inkSoft
                        }
                    }
                }
            }
        }
    }
}
