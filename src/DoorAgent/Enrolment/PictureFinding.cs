using System.Globalization;
using System.Text;
using DoorAgent.Faces;

namespace DoorAgent.Enrolment;

/// <summary>The outcome of enrolment for one picture.</summary>
internal enum PictureVerdict
{
    /// <summary>The picture is good and is kept.</summary>
    Kept,

    /// <summary>The picture is good, but others are better or more different, and no more are allowed (People:MaxEncodings).</summary>
    LeftOut,

    /// <summary>The file cannot be read as a picture, or the camera gave no picture.</summary>
    NotAPicture,

    /// <summary>The picture cannot be compared; an <see cref="UnusableReason"/> says why.</summary>
    Unusable,

    /// <summary>The same file is already in this set or among the person's pictures.</summary>
    Duplicate,

    /// <summary>The picture is too similar to an earlier one from the camera and would add nothing.</summary>
    TooSimilar,

    /// <summary>The picture shows a different person than most of the others.</summary>
    AnotherPerson,

    /// <summary>The face is so similar to somebody enrolled that their badge would open the door for this person.</summary>
    LooksLike,
}

/// <summary>What enrolment found in one picture.</summary>
/// <param name="File">Path of the picture.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Text">The outcome for people, with what to do.</param>
internal sealed record PictureFinding(string File, PictureVerdict Verdict, string Text)
{
    private const int LongestName = 60;

    /// <summary>Why the picture is <see cref="PictureVerdict.Unusable"/>.</summary>
    public UnusableReason Problem { get; init; }

    /// <summary>By how many degrees the picture was turned clockwise until a face in it was upright.</summary>
    public int TurnedBy { get; init; }

    /// <summary>Quality of the face, 0 to 1, higher is better; 0 without a face.</summary>
    public float Quality { get; init; }

    /// <summary>The face in the picture, after it was turned; null without a face.</summary>
    public FaceBox? Face { get; init; }

    /// <summary>The whole finding for people.</summary>
    public string Words => TurnedBy == 0 ? Text : $"{Text} (the picture {PictureWords.Turned(TurnedBy)})";

    public bool IsKept => Verdict == PictureVerdict.Kept;

    /// <summary>The name of the file, safe to show: a question mark replaces every character that would move a terminal's cursor, change
    /// its colour or its text direction, and a long name is shortened in the middle.</summary>
    public string Name
    {
        get
        {
            string name = string.Concat(Path.GetFileName(File).EnumerateRunes().Select(letter => IsShown(letter) ? letter.ToString()
                : "?"));
            return name.Length > LongestName ? $"{name[..(LongestName / 2)]}...{name[^(LongestName / 3)..]}" : name;
        }
    }

    public override string ToString() => $"{Name}: {Words}";

    // The joiner of an emoji is in the Format category too; losing the joiner does no harm.
    private static bool IsShown(Rune letter) => Rune.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
