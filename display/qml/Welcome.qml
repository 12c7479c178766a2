// Nobody is being called: a greeting, and what to do.
import QtQuick
import Loket

Item {
    id: root

    required property real unit
    required property var words
    required property var wordsEn
    required property bool english

    Column {
        anchors.centerIn: parent
        width: parent.width - Theme.space(16) * root.unit
        spacing: Theme.space(3) * root.unit

        Label {
            objectName: "welcome"
            width: parent.width
            text: root.words.welcome
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            font.weight: Font.ExtraBold
            font.pixelSize: 128 * root.unit
        }

        Label {
            width: parent.width
            visible: root.english
            text: root.wordsEn.welcome
            horizontalAlignment: Text.AlignHCenter
            color: Theme.flash
            font.weight: Font.Bold
            font.pixelSize: Theme.headline * root.unit
        }

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 120 * root.unit
            height: 6 * root.unit
            radius: height / 2
            color: Theme.nightRule
        }

        Label {
            width: parent.width
            text: root.words.welcomeHint
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            font.weight: Font.DemiBold
            font.pixelSize: Theme.title * root.unit
        }

        Label {
            width: parent.width
            visible: root.english
            text: root.wordsEn.welcomeHint
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            color: Theme.nightInkSoft
            font.pixelSize: Theme.lead * root.unit
        }
    }
}
