using System.Globalization;
using System.Text;

namespace DoorAgent.Enrolment;

/// <summary>What enrolment says of one picture.</summary>
/// <param name="File">Its path.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Said">The same for people, with what to do.</param>
internal sealed record PictureFinding(string File, PictureVerdict Verdict, string Said)
{
    private const int LongestName = 60;

    /// <summary>By how many degrees the picture was turned clockwise until a face on it was upright.</summary>
    public int TurnedBy { get; init; }

    /// <summary>All that is said, for people.</summary>
    public string Words => TurnedBy == 0 ? Said : $"{Said} ({PictureWords.Turned(TurnedBy)})";

    public bool IsKept => Verdict == PictureVerdict.Kept;

    /// <summary>The file's name, fit to be shown: what would move a terminal's cursor, colour it or turn its direction is a
    /// question mark, and a long name is shortened in its middle.</summary>
    public string Name
    {
        get
        {
            string name = string.Concat(Path.GetFileName(File).EnumerateRunes().Select(letter => IsShown(letter) ? letter.ToString() : "?"));
            return name.Length > LongestName ? $"{name[..(LongestName / 2)]}...{name[^(LongestName / 3)..]}" : name;
        }
    }

    public override string ToString() => $"{Name}: {Words}";

    // An emoji's joiner is of the format category too; to lose it does no harm.
    private static bool IsShown(Rune letter) => Rune.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
