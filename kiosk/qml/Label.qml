// A text in our type, sized by the kiosk's measure.
import QtQuick
import Loket

Text {
    property real size: Theme.body

    textFormat: Text.PlainText
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Ui.type(size)
    wrapMode: Text.WordWrap
}
