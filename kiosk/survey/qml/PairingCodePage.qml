// The code of a tablet that the server does not know yet.
pragma ComponentBehavior: Bound
import QtQuick
import Loket
import "../../qml"

PairingPage {
    id: root

    required property var vm

    code: root.vm.screens.it.code
    title: root.vm.screens.it.title
    hint: root.vm.screens.it.hint
    scaleBy: Ui.scale * (Ui.portrait ? 1 : 0.8)
}
