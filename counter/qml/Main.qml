// The window of the counter program. Every key goes to the view model; what it does is decided there.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Window {
    id: root

    required property var vm

    readonly property real fit: Math.min(width / 1366, height / 768)
    // A larger window shows larger letters and longer lists, half and half.
    readonly property real u: Math.max(0.86, Math.min(1.6, fit > 1 ? 1 + (fit - 1) / 2 : fit))

    width: 1366
    height: 768
    minimumWidth: 1024
    minimumHeight: 700
    title: root.vm.header.counter === "" ? root.vm.words.program : root.vm.words.program + " – " + root.vm.header.counter
    color: Theme.paper

    Connections {
        target: root.vm

        function onAlarmed(): void {
            root.alert(0);
        }
    }

    FocusScope {
        anchors.fill: parent
        focus: true

        Keys.onPressed: event => {
            const listKey = event.key === Qt.Key_Up || event.key === Qt.Key_Down || event.key === Qt.Key_Backspace;
            const chord = event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier);
            if (chord || (event.isAutoRepeat && !listKey)) {
                return; // a key held down must not call a second visitor
            }
            event.accepted = true;
            if (!root.vm.pressKey(event.key, event.text) && desk.item) {
                const rows = ({
                        [Qt.Key_Down]: 1,
                        [Qt.Key_Up]: -1,
                        [Qt.Key_PageDown]: 6,
                        [Qt.Key_PageUp]: -6
                    })[event.key] ?? 0;
                (desk.item as DeskPage).scroll(rows);
            }
        }

        Loader {
            id: desk
            anchors.fill: parent
            active: root.vm.page === "desk"
            sourceComponent: DeskPage {
                vm: root.vm
                u: root.u
            }
        }

        Loader {
            anchors.fill: parent
            active: root.vm.page === "sign_in"
            sourceComponent: SignInPage {
                vm: root.vm
                u: root.u
            }
        }

        Loader {
            anchors.fill: parent
            active: root.vm.page === "taken_over" || root.vm.page === "turned_away"
            sourceComponent: NoticePage {
                vm: root.vm
                u: root.u
            }
        }

        Loader {
            anchors.fill: parent
            active: root.vm.page === "pairing"
            sourceComponent: PairingPage {
                code: root.vm.notice.code
                title: root.vm.notice.title
                hint: root.vm.notice.body
                scaleBy: root.u * 0.72
            }
        }
    }
}
