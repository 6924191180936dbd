using DoorAgent.Diagnostics.Explaining;

namespace DoorAgent.Commands.Explain;

/// <summary>Converts an explained visit to JSON. Fields are added, and none is renamed or taken away.</summary>
internal static class ExplainJson
{
    public static object Of(VisitExplanation explained, VisitExplainer by, string? picture)
    {
        VisitTrace trace = explained.Trace;
        return new
        {
            opens = trace.Opens,
            answer = explained.Answer,
            decision = trace.Decision?.Kind?.ToString(),
            reason = trace.Decision?.Reason?.ToString(),
            detail = trace.Decision?.Detail,
            asksForTurn = trace.TurnAsked?.Detail,
            claimed = explained.Claimed,
            path = explained.Path,
            encoder = by.Encoder,
            detector = by.Detector,
            picture,
            liveness = trace.Liveness is not { } measures ? null : (object)new
            {
                isLive = measures.Verdict.IsLive,
                failed = measures.Verdict.IsLive ? null : measures.Verdict.Sign.ToString(),
                score = Number(measures.Verdict.Score),
                threshold = measures.Verdict.Threshold,
                networks = measures.Networks.Select(one => new { network = one.Network, logit = Number(one.Logit) }),
                edges = Number(measures.Edges),
                motion = Number(measures.Motion),
            },
            frames = trace.Frames.Zip(explained.FrameLines).Select(one => new
            {
                name = one.First.Name,
                seconds = one.First.Since.TotalSeconds,
                use = one.First.Account?.Use.ToString(),
                problem = one.First.Reading.Problem.ToString(),
                words = one.Second,
                agreeing = one.First.Account?.Agreeing,
                face = one.First.Reading.Face is not { } face ? null : (object)new
                {
                    x = Number(face.Box.X), y = Number(face.Box.Y), width = Number(face.Box.Width), height = Number(face.Box.Height),
                    score = Number(face.Score),
                },
                quality = one.First.Quality is not { } quality ? null : (object)new
                {
                    width = Number(quality.Width), brightness = Number(quality.Brightness), sharpness = Number(quality.Sharpness),
                    roll = Number(quality.Roll), proportion = Number(quality.Proportion), turn = Number(quality.Turn),
                },
                nearest = one.First.Nearest.Select(person => new
                {
                    person = person.Name, distance = Number(person.Distance), threshold = Number(person.Threshold),
                }),
            }),
        };
    }

    // JSON has no infinity.
    private static double? Number(double? number) => number is { } known && double.IsFinite(known) ? Math.Round(known, 4) : null;
}
