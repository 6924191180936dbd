namespace DoorAgent.People;

/// <summary>What enrolment says of one picture.</summary>
/// <param name="File">Its path.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Words">The same for people, with what to do.</param>
internal sealed record PictureFinding(string File, PictureVerdict Verdict, string Words)
{
    public bool IsKept => Verdict == PictureVerdict.Kept;

    public override string ToString() => $"{Path.GetFileName(File)}: {Words}";
}
