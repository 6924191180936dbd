using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// One call of the policy in progress: the state and the events so far, and the ways in which an attempt ends. A transition lives for one
/// call, so that the rules read as steps and the policy stays pure for its callers.
/// </summary>
internal sealed class AccessTransition(
    DecisionOptions options, LivenessOptions liveness, AccessState state, TimeSpan now, Gallery? gallery,
    Func<Person, Refusal?> notAllowedNow, Func<bool>? isTwoPersonTime = null)
{
    /// <summary>Number of comparisons from which a person who goes away counts as not recognised.</summary>
    public const int ComparisonsThatCount = 5;

    private ImmutableArray<DoorEvent> _events = [];

    public DecisionOptions Options => options;

    public LivenessOptions Liveness => liveness;

    public AccessState State { get; set; } = state;

    public TimeSpan Now => now;

    public Gallery? Gallery => gallery;

    /// <summary>Whether everybody needs a second person now.</summary>
    public bool IsTwoPersonTime => isTwoPersonTime?.Invoke() == true;

    /// <summary>Whether a badge needs its owner's face.</summary>
    public bool NeedsFace => !options.AccessMode.OpensForBadgeAlone();

    /// <summary>The PIN to check; null for none.</summary>
    public PinQuestion? Question { get; set; }

    /// <summary>The faces whose liveness is to be judged; null for none.</summary>
    public LivenessQuestion? Judge { get; set; }

    /// <summary>The badge that was typed; null for none.</summary>
    public Badge? Typed { get; set; }

    /// <summary>The badge that an operator waited for; null for none.</summary>
    public Badge? Taken { get; set; }

    public AccessStep Step => new(State, _events) { Question = Question, Judge = Judge, Typed = Typed, Taken = Taken };

    /// <summary>Returns why validity or schedule forbids a person to enter now; null when they do not.</summary>
    public Func<Person, Refusal?> NotAllowedNow => notAllowedNow;

    public void Raise(DoorEvent raised)
    {
        _events = _events.Add(raised);
        Note(raised);
    }

    /// <summary>Takes in what an event, of the policy or of another part, says about where people are. Whom the relay or the journal kept
    /// out after the grant brings no visitor in and is nobody's second person.</summary>
    public void Note(DoorEvent raised)
    {
        State = State with { Positions = State.Positions.After(raised, now) };
        if (raised is { Kind: DoorEventKind.Denied, Reason: DenyReason.RelayFault or DenyReason.AuditFailed, PersonId: { } person })
        {
            State = State with
            {
                LetInAt = State.LetInAt.Remove(person),
                First = State.First is { IsWaiting: false } first && first.Who.Person.Id == person ? null : State.First,
            };
        }
    }

    public void Open(Person? person, Badge? badge)
    {
        TimeSpan timeout = person is null ? options.IdentificationTimeout : options.AttemptTimeout;
        State = State with { Attempt = new Attempt(person?.Id, badge, now, now + timeout), Presence = State.Presence with { InARow = 0 } };
        Raise(new DoorEvent(DoorEventKind.AttemptOpened) { PersonId = person?.Id, BadgeHint = badge?.Hint });
    }

    /// <summary>Opens an attempt that waits for the badge's PIN; the time for the face begins after the PIN.</summary>
    public void AwaitPin(Person person, Badge badge)
    {
        State = State with
        {
            Attempt = new Attempt(person.Id, badge, now, now + options.PinTimeout) { AwaitsPin = true },
            Entry = KeypadEntry.Empty,
        };
        Raise(new DoorEvent(DoorEventKind.PinAwaited) { PersonId = person.Id, BadgeHint = badge.Hint });
    }

    /// <summary>Returns why this person may not enter, regardless of the face; null when the person may.</summary>
    public Refusal? RefusalOf(Person person)
    {
        if (EntryRule.RefusalOf(person, notAllowedNow) is { } refusal)
            return refusal;
        if (State.Mode == DoorMode.Lockdown && !EntryRule.MayEnterInLockdown(person))
            return new Refusal(DenyReason.Lockdown);
        if (State.People.TryGetValue(person.Id, out Lockout? lockout) && lockout.IsOn(now))
            return new Refusal(DenyReason.LockedOut, Wait(lockout));
        return PassbackRule.RefusalOf(person.Id, State.Positions, options, now)
            ?? EscortRule.RefusalOf(person, State, gallery, options, now);
    }

    /// <summary>Returns what the current gallery or clock forbids since the attempt began; null when nothing does.</summary>
    public Refusal? RefusalOf(Attempt attempt, long personId) => RefusalOf(attempt.Badge, personId);

    /// <summary>Returns what the current gallery or clock forbids since a badge or a face was judged; null when nothing does.</summary>
    public Refusal? RefusalOf(Badge? badgeUsed, long personId)
    {
        if (gallery is null)
            return new Refusal(DenyReason.GalleryMissing);
        if (gallery.Find(personId) is not { } person)
            return new Refusal(DenyReason.NoLongerEnrolled);
        if (badgeUsed is { } badge && gallery.Find(badge)?.Person.Id != person.Id)
            return new Refusal(DenyReason.NoLongerEnrolled, "the badge is removed or assigned to another person");
        if (badgeUsed is { } used && gallery.Find(used) is { State: var state } && EntryRule.RefusalOf(state) is { } blocked)
            return blocked with { Detail = null };
        return RefusalOf(person);
    }

    /// <summary>Changes the mode. The begin of a lockdown ends an attempt, unless its person may enter in a lockdown. Whoever was let in
    /// before, and may not enter in a lockdown, is nobody's second person any more.</summary>
    public void ChangeMode(DoorMode mode)
    {
        if ((mode == DoorMode.Unlocked) != (State.Mode == DoorMode.Unlocked))
            Note(new DoorEvent(mode == DoorMode.Unlocked ? DoorEventKind.HeldUnlocked : DoorEventKind.HoldEnded));
        State = State with { Mode = mode };
        if (mode != DoorMode.Lockdown)
            return;
        if (State.First is { IsWaiting: false } before && !IsMarked(before.Who.Person.Id))
            State = State with { First = null };
        if (!IsMarked(State.Attempt?.PersonId))
            End(DenyReason.Lockdown);

        bool IsMarked(long? id) => id is { } known && gallery?.Find(known) is { } person && EntryRule.MayEnterInLockdown(person);
    }

    /// <summary>Grants a person who passed every other rule, unless they wait for a second person.</summary>
    public void Grant(Person person, Badge? badge, FaceMatch? match, string? detail = null) =>
        TwoPersonRule.Pass(this, new Passed(person, badge, match, detail));

    /// <summary>Lets a person in.</summary>
    /// <param name="who">The person, who passed every rule.</param>
    /// <param name="endsAttempt">Whether the current attempt is this person's, and ends; else the attempt goes on.</param>
    public void LetIn(Passed who, bool endsAttempt)
    {
        bool ends = endsAttempt && State.Attempt is not null;
        PassbackRule.Watch(this, who.Person.Id);
        State = State with
        {
            Attempt = endsAttempt ? null : State.Attempt,
            People = State.People.Remove(who.Person.Id),
            LetInAt = EscortRule.LetIn(State, who.Person.Id, options, now),
            Presence = State.Presence.After(Rearm.AfterGrant, now),
        };
        Raise(TwoPersonRule.EventOf(DoorEventKind.Granted, who) with { EndsAttempt = ends });
    }

    /// <summary>Ends the current attempt, if there is one, with a denial.</summary>
    /// <param name="reason">Reason of the denial.</param>
    /// <param name="match">The deciding comparison; null for the closest one.</param>
    /// <param name="personFound">The person that an identification found.</param>
    /// <param name="detail">Further details.</param>
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
        bool isLeftUndecided = reason == DenyReason.Superseded && !attempt.IsIdentification
            && (attempt.HasMismatch || attempt.Challenge is not null);
        if (LockoutRule.Counts(reason) || isLeftUndecided)
            CountFailure(attempt);
    }

    /// <summary>Ends an identification because the person left.</summary>
    public void Abandon()
    {
        Attempt attempt = State.Attempt!;
        State = State with { Attempt = null, Presence = State.Presence.After(Rearm.IsArmed, now) };
        Raise(new DoorEvent(DoorEventKind.AttemptAbandoned) { Reason = DenyReason.Abandoned, EndsAttempt = true });
        // Who leaves instead of turning would otherwise try again until the direction fits their recording; not so whom a door interrupts
        // that opens.
        bool doesNotAnswer = attempt.Challenge is not null && !State.IsDoorOpen;
        if ((doesNotAnswer || (attempt.Compared >= ComparisonsThatCount && attempt.HasMismatch)) && !IsBeingEnrolled(attempt))
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

    /// <summary>A person who is being enrolled is not known yet and must not start a lockout of faces for the people who are.</summary>
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
