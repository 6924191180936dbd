using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// One application of the policy while it is under way: the state so far and what has happened, and the ways an attempt
/// ends. It lives for one call, so that the rules read as steps and the policy stays pure outside.
/// </summary>
internal sealed class AccessTransition(DecisionOptions options, AccessState state, TimeSpan now, Gallery? gallery, Func<Person, Refusal?> notAllowedNow)
{
    /// <summary>So many comparisons of somebody who then went away count as one not recognised.</summary>
    public const int ComparisonsThatCount = 5;

    private ImmutableArray<DoorEvent> _events = [];

    public DecisionOptions Options => options;

    public AccessState State { get; set; } = state;

    public TimeSpan Now => now;

    public Gallery? Gallery => gallery;

    /// <summary>Whether a badge needs its owner's face.</summary>
    public bool NeedsFace => !options.AccessMode.OpensForBadgeAlone();

    /// <summary>A PIN to check.</summary>
    public PinQuestion? Question { get; set; }

    /// <summary>A badge that was typed.</summary>
    public Badge? Typed { get; set; }

    /// <summary>A badge that an operator waited for.</summary>
    public Badge? Taken { get; set; }

    public AccessStep Step => new(State, _events) { Question = Question, Typed = Typed, Taken = Taken };

    public void Raise(DoorEvent raised) => _events = _events.Add(raised);

    public void Open(Person? person, Badge? badge)
    {
        TimeSpan timeout = person is null ? options.IdentificationTimeout : options.AttemptTimeout;
        State = State with { Attempt = new Attempt(person?.Id, badge, now, now + timeout), Presence = State.Presence with { InARow = 0 } };
        Raise(new DoorEvent(DoorEventKind.AttemptOpened) { PersonId = person?.Id, BadgeHint = badge?.Hint });
    }

    /// <summary>Opens an attempt that waits for the badge's PIN; its time for the face begins when that has been given.</summary>
    public void AwaitPin(Person person, Badge badge)
    {
        State = State with { Attempt = new Attempt(person.Id, badge, now, now + options.PinTimeout) { AwaitsPin = true }, Entry = KeypadEntry.Empty };
        Raise(new DoorEvent(DoorEventKind.PinAwaited) { PersonId = person.Id, BadgeHint = badge.Hint });
    }

    /// <summary>Why this person may not enter, whatever their face; null when they may.</summary>
    public Refusal? RefusalOf(Person person)
    {
        if (EntryRule.RefusalOf(person, notAllowedNow) is { } refusal)
            return refusal;
        if (State.People.TryGetValue(person.Id, out Lockout? lockout) && lockout.IsOn(now))
            return new Refusal(DenyReason.LockedOut, Wait(lockout));
        return null;
    }

    /// <summary>What has changed since the attempt began and forbids it now, by the current gallery; null when nothing does.</summary>
    public Refusal? Changed(Attempt attempt, long personId)
    {
        if (gallery is null)
            return new Refusal(DenyReason.GalleryMissing);
        if (gallery.Find(personId) is not { } person)
            return new Refusal(DenyReason.NoLongerEnrolled);
        if (attempt.Badge is { } badge && gallery.Find(badge)?.Person.Id != person.Id)
            return new Refusal(DenyReason.NoLongerEnrolled, "the badge is gone or somebody else's");
        if (attempt.Badge is { } used && gallery.Find(used) is { State: var state } && EntryRule.RefusalOf(state) is { } blocked)
            return blocked with { Detail = null };
        return RefusalOf(person);
    }

    public void Grant(Person person, Badge? badge, FaceMatch? match)
    {
        bool endsAttempt = State.Attempt is not null;
        State = State with { Attempt = null, People = State.People.Remove(person.Id), Presence = State.Presence.After(Rearm.AfterGrant, now) };
        Raise(new DoorEvent(DoorEventKind.Granted)
        {
            PersonId = person.Id,
            BadgeHint = badge?.Hint,
            Distance = match?.Distance,
            Threshold = match?.Threshold,
            EndsAttempt = endsAttempt,
        });
    }

    /// <summary>Ends the attempt under way, if there is one, with a denial.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="match">The comparison it was decided on; null for the closest one.</param>
    /// <param name="personFound">Whom an identification found.</param>
    /// <param name="detail">More, in words.</param>
    public void End(DenyReason reason, FaceMatch? match = null, long? personFound = null, string? detail = null)
    {
        if (State.Attempt is not { } attempt)
            return;
        match ??= attempt.Closest;
        State = State with { Attempt = null, Presence = State.Presence.After(Rearm.AfterDenial, now) };
        Raise(new DoorEvent(DoorEventKind.Denied)
        {
            Reason = reason,
            PersonId = attempt.PersonId ?? personFound,
            BadgeHint = attempt.Badge?.Hint,
            Distance = match?.Distance,
            Threshold = match?.Threshold,
            Detail = detail,
            EndsAttempt = true,
        });
        if (reason == DenyReason.NotRecognised && IsBeingEnrolled(attempt))
            return;
        if (LockoutRule.Counts(reason) || (reason == DenyReason.Superseded && !attempt.IsIdentification && attempt.HasMismatch))
            CountFailure(attempt);
    }

    /// <summary>Ends an identification because nobody waits for its answer any more.</summary>
    public void Abandon()
    {
        Attempt attempt = State.Attempt!;
        State = State with { Attempt = null, Presence = State.Presence.After(Rearm.IsArmed, now) };
        Raise(new DoorEvent(DoorEventKind.AttemptAbandoned) { Reason = DenyReason.Abandoned, EndsAttempt = true });
        if (attempt.Compared >= ComparisonsThatCount && attempt.HasMismatch && !IsBeingEnrolled(attempt))
            CountFailure(attempt);
    }

    public void CountUnknownBadge()
    {
        State = State.FailedUnknown(now);
        RaiseIfLocked(State.UnknownBadges, null, "unknown badges are not answered");
    }

    public void CountTypedNumber()
    {
        State = State.FailedTyping(now);
        RaiseIfLocked(State.TypedNumbers, null, "no typed number is taken");
    }

    /// <summary>Whoever is being enrolled stands before the camera and is not known yet: they start no pause for those who are.</summary>
    private bool IsBeingEnrolled(Attempt attempt) => attempt.IsIdentification && now < State.CameraLentUntil;

    private void CountFailure(Attempt attempt)
    {
        State = State.Failed(attempt.PersonId, now, options);
        if (attempt.PersonId is { } person)
            RaiseIfLocked(State.People[person], person, "locked out");
        else
            RaiseIfLocked(State.Faces, null, "faces without a badge are not looked at");
    }

    private void RaiseIfLocked(Lockout lockout, long? person, string what)
    {
        if (lockout.IsOn(now))
            Raise(new DoorEvent(DoorEventKind.LockoutStarted) { PersonId = person, Detail = $"{what} {Wait(lockout)}" });
    }

    private string Wait(Lockout lockout) =>
        string.Create(CultureInfo.InvariantCulture, $"for {Math.Ceiling((lockout.Until - now).TotalSeconds)} s");
}
