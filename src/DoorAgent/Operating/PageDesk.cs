using System.Net.Sockets;
using DoorAgent.Galleries;

namespace DoorAgent.Operating;

/// <summary>Answers the requests of the page that the door's own loops do not answer. Who may send a request was judged before.</summary>
internal sealed class PageDesk : IDisposable
{
    private readonly PageParts _parts;
    private readonly PagePairing _pairing;
    private readonly PersonChanges _people;
    private readonly PageJournal _journal;
    private readonly PagePicture _picture;
    private readonly DoorEnrolment _enrolment;
    private readonly SemaphoreSlim _checking = new(1), _erasing = new(1);

    /// <param name="parts">What the page shows and changes.</param>
    /// <param name="door">The door.</param>
    /// <param name="seeing">The same door, for its camera.</param>
    /// <param name="time">The clock.</param>
    public PageDesk(PageParts parts, IOperable door, ISeeingDoor seeing, TimeProvider time)
    {
        _parts = parts;
        _pairing = new PagePairing(time);
        Sessions = new PageSessions(time);
        _people = new PersonChanges(parts.Places.GalleryFile, parts.Rules, parts.Schedules, time);
        _journal = new PageJournal(parts.Places.JournalFile);
        _picture = new PagePicture(seeing, time);
        _enrolment = new DoorEnrolment(door, seeing, parts.Places.GalleryFile, parts.People, parts.Margin, time);
    }

    /// <summary>The sessions, by which requests are judged.</summary>
    public PageSessions Sessions { get; }

    /// <summary>Whether a request is one of these.</summary>
    public static bool Answers(OperatorVerb verb) => verb is OperatorVerb.PageCode or OperatorVerb.Pair or OperatorVerb.Session
        or OperatorVerb.EndSession or OperatorVerb.Picture or OperatorVerb.Records or OperatorVerb.Explain or OperatorVerb.People
        or OperatorVerb.ChangePerson or OperatorVerb.ErasePerson or OperatorVerb.Enrol or OperatorVerb.Enrolment
        or OperatorVerb.EndEnrolment or OperatorVerb.Check or OperatorVerb.Settings or OperatorVerb.Links;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">Who sends it, for the record.</param>
    /// <param name="record">Has the decision loop record a change before it is made.</param>
    /// <param name="stream">The connection, for a picture.</param>
    /// <param name="stop">Cancelled when the door stops.</param>
    public async Task<OperatorAnswer> AnswerAsync(OperatorRequest request, string by, Func<OperatorRequest, Task<OperatorAnswer>> record,
        NetworkStream stream, CancellationToken stop)
    {
        try
        {
            return request.Verb switch
            {
                OperatorVerb.PageCode => await NewCodeAsync(request.Role ?? PageRole.View, record),
                OperatorVerb.Pair => await PairAsync(request.Code ?? "", record),
                OperatorVerb.EndSession => End(request.Session),
                OperatorVerb.Picture => await _picture.SendAsync(stream, stop),
                OperatorVerb.Records => new OperatorAnswer { Records = await InBackground(() => _journal.Read(request.Query ?? new()), stop) },
                OperatorVerb.Explain => await InBackground(() => Explain(request.Query?.After ?? 0), stop),
                OperatorVerb.People => new OperatorAnswer { People = await InBackground(() => _people.List(request.Query ?? new()), stop) },
                OperatorVerb.ChangePerson => await ChangeAsync(request, record, stop),
                OperatorVerb.ErasePerson => await EraseAsync(request, record, stop),
                OperatorVerb.Enrol => await InBackground(() => Enrol(request.Enrolment, by, stop), stop),
                OperatorVerb.Enrolment => new OperatorAnswer { Enrolment = _enrolment.State },
                OperatorVerb.EndEnrolment => EndEnrolment(),
                OperatorVerb.Check => await CheckAsync(stop),
                OperatorVerb.Settings => await InBackground(() => SettingsAfter(request.Query?.Skip ?? 0), stop),
                OperatorVerb.Links => new OperatorAnswer { Links = _parts.Links?.Invoke() },
                _ => new OperatorAnswer(),
            };
        }
        catch (NotFoundException missing)
        {
            return OperatorAnswer.Refused(missing.Message) with { Problem = PageProblem.NotFound };
        }
        catch (UserErrorException refused)
        {
            return OperatorAnswer.Refused(refused.Message);
        }
    }

    public void Dispose()
    {
        _enrolment.Dispose();
        _checking.Dispose();
        _erasing.Dispose();
    }

    // A code without a record would be a way in that nobody finds later.
    private async Task<OperatorAnswer> NewCodeAsync(PageRole role, Func<OperatorRequest, Task<OperatorAnswer>> record)
    {
        OperatorAnswer recorded = await record(new OperatorRequest(OperatorVerb.PageCode) { Words = $"code made, {OperatorAccess.WordOf(role)}" });
        return recorded.Refusal is null ? new OperatorAnswer { Code = _pairing.New(role) } : recorded;
    }

    private async Task<OperatorAnswer> PairAsync(string code, Func<OperatorRequest, Task<OperatorAnswer>> record)
    {
        (PageRole? role, string why, PageProblem? problem) = _pairing.Use(code);
        if (role is not { } paired)
        {
            if (problem == PageProblem.ClosedCode)
                await record(new OperatorRequest(OperatorVerb.Pair) { Words = $"code closed after {PagePairing.MostTries} wrong tries" });
            return OperatorAnswer.Refused(why) with { Problem = problem };
        }

        OperatorAnswer recorded = await record(new OperatorRequest(OperatorVerb.Pair) { Words = $"paired, {OperatorAccess.WordOf(paired)}" });
        return recorded.Refusal is null ? new OperatorAnswer { Session = Sessions.Begin(paired) } : recorded;
    }

    private OperatorAnswer End(string? session)
    {
        if (session is null)
            return OperatorAnswer.Refused("The request names no session.");
        Sessions.End(session);
        return new OperatorAnswer { Done = "The session is over." };
    }

    private OperatorAnswer Explain(long sequence)
    {
        if (_parts.Explain is not { } explain)
            return OperatorAnswer.Refused("This door explains nothing.");
        if (sequence <= 0 || _journal.Read(new PageQuery { After = sequence - 1, Before = sequence + 1 }).Events.Count == 0)
            throw new NotFoundException($"The journal has no record {sequence}.");
        return new OperatorAnswer { Explanation = explain(sequence) };
    }

    private OperatorAnswer SettingsAfter(int skip) =>
        new() { Settings = [.. _parts.Settings().Skip(Math.Max(0, skip)).Take(PageQuery.MostSettings)] };

    private async Task<OperatorAnswer> ChangeAsync(
        OperatorRequest request, Func<OperatorRequest, Task<OperatorAnswer>> record, CancellationToken stop)
    {
        if (request.PersonChange is not { } change)
            return OperatorAnswer.Refused("The request names no change.");
        (string name, string words) = await InBackground(() => _people.Judge(change), stop);
        OperatorAnswer recorded = await record(request with { Person = change.Person, Words = words });
        if (recorded.Refusal is not null)
            return recorded;
        await InBackground(() => _people.Run(change), stop);
        return new OperatorAnswer { Done = $"{name}: {words}." };
    }

    private async Task<OperatorAnswer> EraseAsync(
        OperatorRequest request, Func<OperatorRequest, Task<OperatorAnswer>> record, CancellationToken stop)
    {
        if (request.PersonChange is not { Name: { } confirmed } change || _parts.Erase is not { } erase)
            return OperatorAnswer.Refused("The request names nobody.");
        string name = await InBackground(() => _people.NameOf(change.Person), stop);
        if (PersonName.KeyOf(confirmed) != PersonName.KeyOf(name))
            return OperatorAnswer.Refused("The name does not match. Type the name of the person to erase.");
        if (!await _erasing.WaitAsync(TimeSpan.Zero, stop))
            return OperatorAnswer.Refused("Another person is being erased. Try again in a moment.");
        try
        {
            OperatorAnswer recorded = await record(request with { Person = change.Person, Words = "person erased" });
            if (recorded.Refusal is not null)
                return recorded;
            IReadOnlyList<string> unreached = await erase(name, stop);
            return new OperatorAnswer { Done = string.Join(" ", ["Erased. Not reached:", .. unreached]) };
        }
        finally
        {
            _erasing.Release();
        }
    }

    private OperatorAnswer Enrol(EnrolmentOrder? order, string by, CancellationToken stop) => order is null
        ? OperatorAnswer.Refused("The request names nobody.") : new OperatorAnswer { Enrolment = _enrolment.Begin(order, by, stop) };

    private OperatorAnswer EndEnrolment()
    {
        _enrolment.End();
        return new OperatorAnswer { Enrolment = _enrolment.State };
    }

    private async Task<OperatorAnswer> CheckAsync(CancellationToken stop)
    {
        if (_parts.Check is not { } check)
            return OperatorAnswer.Refused("This door checks nothing.");
        if (!await _checking.WaitAsync(TimeSpan.Zero, stop))
            return OperatorAnswer.Refused("A check goes on. Wait for it.");
        try
        {
            return new OperatorAnswer { Check = await check(stop) };
        }
        finally
        {
            _checking.Release();
        }
    }

    private static Task<T> InBackground<T>(Func<T> work, CancellationToken stop) => Task.Run(work, stop);

    private static Task InBackground(Action work, CancellationToken stop) => Task.Run(work, stop);
}
