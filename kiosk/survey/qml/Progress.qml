// What it is about, and how far it is.
import QtQuick
import Loket
import "../../qml"

Column {
    id: root

    required property var it

    spacing: Ui.px(10)

    Item {
        width: parent.width
        height: Math.max(subject.height, step.height)

        Label {
            id: subject
            objectName: "subject"
            width: parent.width - step.width - Ui.px(20)
            text: root.it.subject
            size: 28
            color: Ui.soft
            font.weight: Font.DemiBold
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Label {
            id: step
            objectName: "step"
            anchors.right: parent.right
            text: root.it.step
            size: 28
            color: Ui.soft
            font.weight: Font.DemiBold
        }
    }

    Rectangle {
        visible: root.it.step !== ""
        width: parent.width
        height: Ui.px(12)
        radius: height / 2
        color: Theme.rule

        Rectangle {
            width: parent.width * root.it.share
            height: parent.height
            radius: height / 2
            color: Theme.primary
        }
    }
}
