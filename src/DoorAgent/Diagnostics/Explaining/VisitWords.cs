using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Settings;
using DoorAgent.Liveness;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>Explains a replayed visit: the answer, and the path to it. Pure.</summary>
/// <param name="trace">The visit.</param>
/// <param name="claimed">Name of the person whose badge was presented; null for none.</param>
/// <param name="options">The options of the door.</param>
/// <param name="nameOf">Returns the name of a person of the gallery.</param>
internal sealed class VisitWords(VisitTrace trace, string? claimed, DecisionOptions options, Func<long, string> nameOf)
{
    /// <summary>The answer in one sentence.</summary>
    public string Answer => trace switch
    {
        { Decision: { Kind: DoorEventKind.Granted, PersonId: { } person } } => $"The door would open for {nameOf(person)}{Turning}.",
        { Decision: { Kind: DoorEventKind.Denied, Reason: { } reason } denied } =>
            $"The door would stay locked: {reason}, {DenialWords.Of(reason).Why}{(denied.Detail is { } detail ? $" ({detail})" : "")}.",
        { TurnAsked: not null, IsOnePicture: true } => "The door would ask for a turn of the head, which one picture cannot show.",
        { TurnAsked: not null } => "The door would stay locked: it asks for a turn of the head, and the pictures end without one.",
        { Decision.Kind: DoorEventKind.AttemptAbandoned } => "The door would stay locked: the face left before enough pictures agreed.",
        _ => "The door would stay locked: no attempt would begin.",
    };

    /// <summary>The path of the decision, a sentence each.</summary>
    public IEnumerable<string> Path
    {
        get
        {
            yield return Claim;
            yield return Usability;
            if (Agreement is { } agreement)
                yield return agreement;
            foreach (string line in Judgement)
                yield return line;
            if (Rule is { } rule)
                yield return rule;
            if (trace.Decision?.Reason is { } reason && DenialWords.Of(reason).Remedy is { Length: > 0 } remedy)
                yield return $"What to do: {remedy.Replace("NAME", claimed ?? "NAME", StringComparison.Ordinal).TrimEnd('.')}.";
        }
    }

    private string Turning => trace.TurnAsked?.Detail is { } side ? $", who turns the head to the {side} when asked" : "";

    private string Claim => claimed is not null
        ? $"The badge of {claimed} is presented: the face is compared with the pictures of {claimed} alone."
        : options.AccessMode.Identifies() ? "No badge is presented: the face is compared with everybody."
        : "No badge is presented, and this door looks at faces only after a badge (Decisions:Mode).";

    private string Usability
    {
        get
        {
            int compared = trace.Count(FrameUse.Matched) + trace.Count(FrameUse.NotMatched);
            IEnumerable<string> problems = trace.Frames
                .Where(frame => frame.Account is { } account && account.Problem != UnusableReason.None)
                .GroupBy(frame => frame.Account!.Problem).OrderByDescending(group => group.Count())
                .Select(group => Text($"{group.Count()} {group.Key.Text().Name}"));
            int before = trace.Frames.Count(frame => frame.Account is { Use: FrameUse.BeforeAttempt, Problem: UnusableReason.None });
            int rest = trace.Frames.Count(frame => frame.Account is null or { Use: FrameUse.NotUsed });
            int turn = trace.Frames.Count(frame => frame.Account is { Use: FrameUse.Turn, Problem: UnusableReason.None });
            string[] parts =
            [
                .. before > 0 ? [Text($"{before} until an attempt began")] : (string[])[],
                Text($"{compared} compared"),
                .. problems,
                .. turn > 0 ? [Text($"{turn} watched for the turn")] : (string[])[],
                .. rest > 0 ? [Text($"{rest} not looked at")] : (string[])[],
            ];
            string shown = trace.IsOnePicture ? Text($"The picture, shown {trace.Frames.Count} times as to a camera that sees this face")
                : Text($"{trace.Frames.Count} pictures");
            return $"{shown}: {string.Join(", ", parts)}.";
        }
    }

    private string? Agreement
    {
        get
        {
            FrameAccount[] compared = [.. trace.Frames.Select(frame => frame.Account).OfType<FrameAccount>()
                .Where(account => account.Use is FrameUse.Matched or FrameUse.NotMatched)];
            if (compared.Length == 0)
                return null;
            int most = compared.Max(account => account.Agreeing);
            string rule = Text($"{options.FramesToAgree} of the last {options.FrameWindow} compared pictures must match one person, ")
                + $"the first and the last of them at least {SettingText.Of(options.MinSpan)} apart";
            return trace.Opens || trace.Liveness is not null
                ? Text($"{rule}: they agreed on {nameOf(compared.Last(one => one.Agreeing > 0).Match!.Value.PersonId)} with ")
                    + Text($"{most} matches, after {compared.Length} comparisons.")
                : Text($"{rule}: at most {most} agreed.");
        }
    }

    private IEnumerable<string> Judgement
    {
        get
        {
            if (trace.Liveness is not { } measures)
                yield break;
            yield return measures.Verdict.IsLive ? "The liveness check takes the face for a person."
                : $"The liveness check takes the face for a picture: {measures.Verdict.Finding}.";
            foreach (string line in LivenessLines(measures))
                yield return $"  {line}";
            if (trace.TurnAsked?.Detail is { } side)
                yield return $"Then the door asks for a turn of the head ({side}; the door draws the side).";
        }
    }

    /// <summary>Returns each measure of the liveness check with its limit, and whether it passes.</summary>
    public static IEnumerable<string> LivenessLines(LivenessMeasures measures)
    {
        LivenessVerdict verdict = measures.Verdict;
        if (verdict.Score is { } score)
        {
            string networks = string.Join(", ", measures.Networks.Select(one => Text($"{one.Network} {one.Logit:0.0}")));
            yield return Text($"networks {score:0.0}, at least {verdict.Threshold:0.0} is live: {Passes(score >= verdict.Threshold)}")
                + $" ({networks})";
        }
        else
        {
            yield return "networks: none are installed or wanted";
        }

        if (measures.Edges is { } edges)
            yield return Text($"edges around the face {edges:0.0}, less than {EnclosingEdges.Threshold:0.0} passes: ")
                + Passes(edges < EnclosingEdges.Threshold);
        yield return measures.Motion is { } motion
            ? Text($"motion around the face {motion:0.00}, at least {SurroundingMotion.Threshold:0.00} passes: ")
                + Passes(motion >= SurroundingMotion.Threshold)
            : "motion around the face: nothing moved enough to tell";
    }

    private string? Rule => trace.Decision?.Reason switch
    {
        DenyReason.FaceNotMatched or DenyReason.NotRecognised when trace.Count(FrameUse.Matched) + trace.Count(FrameUse.NotMatched)
            >= options.MaxUsableFrames =>
            Text($"The attempt ended after {options.MaxUsableFrames} comparisons (Decisions:MaxUsableFrames).") + Margin,
        DenyReason.FaceNotMatched => $"The attempt ended by its time, {SettingText.Of(options.AttemptTimeout)} "
            + "(Decisions:AttemptTimeout), and a compared picture did not match.",
        DenyReason.NotRecognised => $"The attempt ended by its time, {SettingText.Of(options.IdentificationTimeout)} "
            + $"(Decisions:IdentificationTimeout).{Margin}",
        DenyReason.TooFewPictures => "The attempt ended by its time: what was compared matched, and was too little.",
        { } reason when reason.ToUnusableReason() is { } problem =>
            $"No picture could be compared, and most often because of this: {problem.Text().Name}.",
        DenyReason.CameraFault => "A camera that shows no new picture proves nothing: an attempt that needs a face ends at once.",
        DenyReason.PersonDisabled or DenyReason.OutsideValidity or DenyReason.OutsideSchedule or DenyReason.ClockNotSet =>
            "This is decided when the badge is read, or when the face is found: no face opens the door then.",
        _ => null,
    };

    /// <summary>Says that a face was near enough to somebody, but too near to somebody else.</summary>
    private string Margin => trace.Frames.Any(frame => frame.Account is { Use: FrameUse.NotMatched, Match: { } match }
        && match.Distance < match.Threshold && float.IsFinite(match.SecondDistance))
        ? " Pictures were near enough to somebody, but also too near to a second person (Matching:Margin)." : "";

    private static string Passes(bool passes) => passes ? "passes" : "FAILS";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
