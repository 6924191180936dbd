using System.Globalization;
using DoorAgent.Commands.Output;
using QRCoder;

namespace DoorAgent.Commands.Key;

/// <summary>Writes the sheet of an exported key: one HTML page that opens offline and prints on one page of A4.</summary>
internal static class KeySheet
{
    private const int PixelsOfModule = 4;

    private const string OnOnePage = "<style>@page { size: A4; margin: 15mm } pre, p, table { margin: .6em 0 }</style>\n";

    /// <summary>Returns the page.</summary>
    /// <param name="export">The export, as in the file.</param>
    /// <param name="id">Id of the key.</param>
    /// <param name="door">Name of the door's machine.</param>
    /// <param name="now">The day of the export.</param>
    public static string Of(string export, string id, string door, DateTimeOffset now)
    {
        HtmlPage page = new($"Key of the door {door}");
        page.Html(OnOnePage);
        page.Table(["door", "key", "exported"], [[door, id, now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]]);
        page.Element("p", "This sheet opens the faces and badges of this door on a new machine, together with the passphrase of that day. "
            + "Keep it away from the door, and the passphrase away from the sheet. Without the passphrase the sheet opens nothing.");
        page.Html($"<div style='width: 65mm'>{QrCode(export)}</div>\n");
        page.Element("pre", export);
        page.List("When the machine is dead", [
            "Install dooragent on the new machine, and bring the data directory back from its backup (/var/lib/dooragent).",
            "Scan the code above into a file, or copy the exported file: 'sudo dooragent key import FILE'.",
            "With neither, type the lines: 'sudo dooragent key import -'. Spaces do not matter, and each line proves itself.",
            "Type the passphrase. Then 'sudo systemctl restart dooragent', and 'sudo dooragent doctor' checks the door.",
        ]);
        page.Element("p", "The form of the lines is described in 'dooragent help sealing', so that another program can open them too.");
        return page.End();
    }

    private static string QrCode(string text)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using SvgQRCode svg = new(code);
        return svg.GetGraphic(PixelsOfModule, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
