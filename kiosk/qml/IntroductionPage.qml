// The code of a kiosk that the server does not know yet.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

PairingPage {
    id: root

    required property var vm

    code: root.vm.screens.pairing.code
    title: root.vm.screens.words.pairingTitle
    hint: root.vm.screens.pairing.hint
    scaleBy: Ui.scale * (Ui.portrait ? 1 : 0.8)
}
