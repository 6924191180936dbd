using DoorAgent.Decisions;
using DoorAgent.Faces;

namespace DoorAgent.Tests.Decisions;

/// <summary>The rule of agreement once more, written as the page words it, over the whole list of frames: slow and plain.</summary>
internal sealed class NaiveAgreement(DecisionOptions options)
{
    private readonly List<UsableFrame> _face = [];
    private UsableFrame? _last;

    /// <summary>Follows one event; says on whom the frames agree now.</summary>
    public long? After(PolicyStep step)
    {
        Attempt? attempt = step.Before.Attempt;
        if (step.After.Attempt?.BeganAt != attempt?.BeganAt && step.After.Attempt is not null)
            _face.Clear();
        if (step.Event is UnusableFrame { Reason: UnusableReason.SeveralFaces } several && several.CapturedAt > attempt?.BeganAt)
            _face.Clear();
        if (step.Event is not UsableFrame frame || frame.TakenUpAt - frame.CapturedAt > options.MaxFrameAge
            || (_last is not null && frame.CapturedAt - _last.CapturedAt < options.MinFrameInterval)
            || (attempt is not null && frame.CapturedAt <= attempt.BeganAt))
            return null;
        if (_face.Count > 0 && (frame.Box.OverlapWith(_face[^1].Box) < 0.3f || frame.CapturedAt - _face[^1].CapturedAt > options.MaxGap))
            _face.Clear();
        _last = frame;
        if (attempt is null or { AwaitsPin: true })
            return null;
        _face.Add(frame);
        return new[] { PolicyScene.Adam, PolicyScene.Nora }.Select(person => (long?)person).FirstOrDefault(person =>
        {
            UsableFrame[] matching = [.. _face.TakeLast(5).Where(seen => seen.Match.IsMatch && seen.Match.PersonId == person)];
            return matching.Length >= 3 && matching[^1].CapturedAt - matching[0].CapturedAt >= TimeSpan.FromMilliseconds(300);
        });
    }
}
