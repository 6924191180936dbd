using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// Decides who may enter (behaviour.md, section 2). The policy is pure: (state, event, now) to (state, events), without a relay.
/// Every doubt is a denial. A late event cannot win against a deadline: the policy first does what was due before the event.
/// </summary>
/// <param name="options">Checked options.</param>
/// <param name="liveness">Checked options.</param>
/// <param name="typedPrefix">Format and facility of typed badges; null when badges cannot be typed.</param>
/// <param name="fallsBack">Whether a badge and its PIN open while the camera is lost or silent.</param>
internal sealed class AccessPolicy(
    DecisionOptions options, LivenessOptions liveness, string? typedPrefix = null, bool fallsBack = false)
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="accessEvent">The event.</param>
    /// <param name="now">Monotonic time, never before that of the previous call.</param>
    /// <param name="current">The current gallery; null while there is none, which denies.</param>
    /// <param name="notAllowedNow">Returns why validity or schedule forbids a person to enter now; null when they do not.</param>
    /// <param name="isTwoPersonTime">Returns whether everybody needs a second person now; null for never.</param>
    public AccessStep Apply(
        AccessState state, AccessEvent accessEvent, TimeSpan now, Gallery? current, Func<Person, Refusal?> notAllowedNow,
        Func<bool>? isTwoPersonTime = null)
    {
        AccessTransition transition = new(options, liveness, state, now, current, notAllowedNow, isTwoPersonTime);
        if (state.HasStopped)
            return transition.Step;
        DoWhatIsDue(transition);
        switch (accessEvent)
        {
            case BadgePresented { Side: ReaderSide.Exit } leaving:
                ExitRule.Presented(transition, leaving);
                break;
            case BadgePresented badge:
                BadgeRule.Presented(transition, badge);
                break;
            case KeyPressed key:
                KeyRule.Pressed(transition, key, typedPrefix);
                break;
            case PinChecked answer:
                PinRule.Answered(transition, answer);
                break;
            case ReaderFaulted fault:
                ReaderRule.Faulted(transition, fault);
                break;
            case ReaderChanged reader:
                ReaderRule.Changes(transition, reader);
                break;
            case UsableFrame frame:
                FrameRule.Usable(transition, frame);
                break;
            case UnusableFrame frame:
                FrameRule.Unusable(transition, frame);
                break;
            case LivenessJudged judged:
                LivenessRule.Judged(transition, judged);
                break;
            case CameraChanged camera:
                CameraRule.Changes(transition, camera, fallsBack);
                break;
            case CameraCounted counted:
                CameraRule.IsCounted(transition, counted.Rate);
                break;
            case DoorMoved door:
                transition.State = transition.State with { IsDoorOpen = door.IsOpen, IsDoorLocked = door.IsLocked };
                if (door.IsOpen && transition.State.Attempt is { IsIdentification: true })
                    transition.Abandon();
                break;
            case ModeChanged changed:
                transition.ChangeMode(changed.Mode);
                break;
            case DoorReported reported:
                foreach (DoorEvent raised in reported.Events)
                    transition.Note(raised);
                break;
            case BadgeAwaited awaited:
                transition.State = transition.State with { BadgeAwaitedUntil = awaited.Until };
                break;
            case CameraLoan loan:
                transition.State = transition.State with { CameraLentUntil = loan.Until };
                break;
            case EncoderChanged:
                transition.End(DenyReason.EncoderChanged);
                break;
            case AccessStopping:
                transition.End(DenyReason.Stopping);
                TwoPersonRule.Drop(transition, DenyReason.Stopping);
                transition.State = transition.State with { HasStopped = true };
                break;
            case AccessFaulted:
                transition.End(DenyReason.Fault);
                TwoPersonRule.Drop(transition, DenyReason.Fault);
                break;
        }

        return transition.Step;
    }

    /// <summary>The next time at which the policy must act without an event; null when it need not.</summary>
    public static TimeSpan? NextDue(AccessState state)
    {
        if (state.HasStopped)
            return null;
        TimeSpan? attemptEnds = state.Attempt is { } attempt ? Earliest(attempt.EndsAt, FaceGoneAt(state)) : null;
        TimeSpan? waitEnds = state.First is { IsWaiting: true, Until: var until } ? until : null;
        return new[] { waitEnds, attemptEnds, state.Reader.QuietAt, state.ExitReader.QuietAt }.Min();
    }

    /// <summary>Whether faces are searched at all: while an attempt looks at faces, or in a mode that identifies people.</summary>
    public bool IsLooking(AccessState state) =>
        !state.HasStopped
        && (state.Attempt is { } attempt ? attempt is { AwaitsPin: false, Judging: null } : options.AccessMode.Identifies());

    /// <summary>Whether the networks should read a frame: no rule about its times would discard the result.</summary>
    public bool Wants(AccessState state, TimeSpan capturedAt, TimeSpan takenUpAt) =>
        IsLooking(state)
        && takenUpAt - capturedAt <= options.MaxFrameAge
        && (state.Attempt is null || capturedAt > state.Attempt.BeganAt)
        && (state.Attempt?.Challenge is { } challenge ? challenge.Wants(capturedAt)
            : FrameRule.IsLaterBy(options.MinFrameInterval, state.Presence.LastUsable, capturedAt));

    private static void DoWhatIsDue(AccessTransition transition)
    {
        TwoPersonRule.Expire(transition);
        if (transition.State.Attempt is { } attempt)
        {
            // Both may be due when a tick is late: the earlier one comes first.
            if (FaceGoneAt(transition.State) is { } gone && gone < attempt.EndsAt && gone <= transition.Now)
                transition.Abandon();
            else if (attempt.Challenge is { } challenge && challenge.Until <= transition.Now)
                ChallengeRule.Expire(transition, attempt, challenge);
            else if (attempt.Deadline <= transition.Now)
            {
                transition.End(
                    attempt.ReasonAtEnd(), detail: attempt.Judging is null ? null : "the liveness check gave no answer in time");
            }
        }

        ReaderRule.Calm(transition, ReaderSide.Entry);
        ReaderRule.Calm(transition, ReaderSide.Exit);
    }

    private static TimeSpan? FaceGoneAt(AccessState state)
    {
        // While liveness is being judged no frame is looked at, so that a missing face says nothing; after that the time counts from the
        // request, because a slow processor judges for longer than a face may be missing.
        if (state.Attempt is not { IsIdentification: true, Judging: null } attempt)
            return null;
        TimeSpan lookingSince = attempt.Challenge?.AskedAt ?? attempt.BeganAt;
        TimeSpan lastSign = state.Presence.LastFace > lookingSince ? state.Presence.LastFace : lookingSince;
        return lastSign + FrameRule.FaceIsGoneAfter;
    }

    /// <summary>Returns the earlier of two times, where null is never.</summary>
    public static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}

/// <summary>The result of an event.</summary>
/// <param name="State">The state after the event.</param>
/// <param name="Events">The raised events, in order; mostly empty.</param>
internal readonly record struct AccessStep(AccessState State, ImmutableArray<DoorEvent> Events)
{
    /// <summary>A typed PIN to check; the result must come back as <see cref="PinChecked"/>.</summary>
    public PinQuestion? Question { get; init; }

    /// <summary>The faces whose liveness is to be judged; the verdict must come back as <see cref="LivenessJudged"/>.</summary>
    public LivenessQuestion? Judge { get; init; }

    /// <summary>A typed badge, to be presented like one that was read.</summary>
    public Badge? Typed { get; init; }

    /// <summary>The badge that an operator waited for; events cannot carry a badge's number.</summary>
    public Badge? Taken { get; init; }
}
