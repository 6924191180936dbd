using System.Globalization;
using DoorAgent.Decisions;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Matching;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>Says what the rules made of a frame. Pure.</summary>
internal static class FrameWords
{
    /// <summary>Returns the words for a picture of a replayed visit.</summary>
    public static string Of(VisitFrame frame, DecisionOptions options, Func<long, string> nameOf) => frame.Account switch
    {
        { Use: FrameUse.Unusable or FrameUse.BeforeAttempt } when frame.Reading.Encoding is null =>
            $"not compared: {PictureWords.Live(frame.Reading)}",
        { } account => Of(account, options, nameOf),
        null when frame.IsInAttempt => $"not looked at: sooner than {Milliseconds(options.MinFrameInterval)} after the picture before",
        null => "not looked at: no attempt was open",
    };

    /// <summary>Returns the words for a frame of an attempt at the door.</summary>
    public static string Of(FrameAccount account, DecisionOptions options, Func<long, string> nameOf) => account.Use switch
    {
        FrameUse.Matched => $"{Restart(account)}{Compared(account.Match!.Value, nameOf)}: matches, {account.Agreeing} of "
            + $"{options.FramesToAgree} that are needed",
        FrameUse.NotMatched => $"{Restart(account)}{Compared(account.Match!.Value, nameOf)}: does not match",
        FrameUse.Unusable => $"not compared: {account.Problem.Text().Name}",
        FrameUse.Turn => "watched for the turn of the head",
        FrameUse.BeforeAttempt when account.Problem != UnusableReason.None => $"not compared: {account.Problem.Text().Name}",
        FrameUse.BeforeAttempt => $"a face is there; an attempt begins with the {Presence.FramesToOpen}rd such picture in a row",
        _ => "not used: too late, too soon, or while the door judged the pictures before",
    };

    private static string Compared(FaceMatch match, Func<long, string> nameOf)
    {
        string second = float.IsFinite(match.SecondDistance) ? $", next person {Number(match.SecondDistance)}" : "";
        return float.IsFinite(match.Distance)
            ? $"{nameOf(match.PersonId)} {Number(match.Distance)}, must be below {Number(match.Threshold)}{second}"
            : $"{nameOf(match.PersonId)} has no picture to compare with";
    }

    private static string Restart(FrameAccount account) =>
        account.RestartsWindow ? "the count starts again (another face, or too long without one); " : "";

    private static string Number(float distance) => distance.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
