// The lobby display's window: the board, or what an administrator has to know before there is one.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Window {
    id: root

    required property var vm

    readonly property bool portrait: height > width
    readonly property real unit: portrait ? Math.min(width / 1080, height / 1920) : Math.min(width / 1920, height / 1080)

    title: "Loket"
    width: 1920
    height: 1080
    color: Theme.night
    flags: Qt.Window | Qt.FramelessWindowHint

    // A receipt of "shown" is given for frames that were drawn, so the view model counts them.
    onAfterAnimating: root.vm.frame_begun()
    onFrameSwapped: root.vm.frame_drawn()

    Board {
        objectName: "board"
        anchors.fill: parent
        visible: root.vm.status.page === "board"
        vm: root.vm
        unit: root.unit
        portrait: root.portrait
    }

    PairingPage {
        objectName: "pairing"
        anchors.fill: parent
        visible: root.vm.status.page === "pairing"
        dark: true
        scaleBy: root.unit * 1.5
        code: root.vm.status.code
        title: root.vm.words.pairingTitle
        hint: root.vm.words.pairingHint
    }

    Message {
        objectName: "message"
        anchors.fill: parent
        visible: root.vm.status.page === "message"
        unit: root.unit
        text: root.vm.status.message
        textEn: root.vm.status.messageEn
    }

    HoverHandler {
        cursorShape: Qt.BlankCursor
    }
}
