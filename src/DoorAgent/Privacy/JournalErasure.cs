using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Operating;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Privacy;

/// <summary>Erases names in the journal, by the door that runs, or, where none runs, by this process. A record of the erasure follows,
/// which has the number and no name.</summary>
internal sealed class JournalErasure(Places places, TimeProvider time)
{
    // A running door reads a changed gallery within a second, and loads other networks within a few.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Erases the names of a number.</summary>
    /// <exception cref="UserErrorException">The names were not erased; the message says why and what to do.</exception>
    public async Task RunAsync(PersonNumber number, CancellationToken stopping)
    {
        if (!Permission.Exists(places.JournalFile))
            return;
        OperatorRequest request = new(OperatorVerb.EraseNames) { Person = number.Id, Called = number.Only };
        TimeSpan end = time.Monotonic() + Patience;
        while (true)
        {
            (OperatorAnswer answer, bool isThere) = await OperatorClient.TryAskAsync(places, request, stopping);
            if ((isThere ? answer.Refusal : EraseHere(number)) is not { } why)
                return;
            if (time.Monotonic() >= end)
                throw new UserErrorException($"The name of person {number.Id} is not erased everywhere: {why} What is done stays done.");
            await Task.Delay(Pause, time, stopping);
        }
    }

    /// <summary>Erases names in a copy of a journal.</summary>
    /// <exception cref="UserErrorException">The names were not erased.</exception>
    public static void Erase(string copy, long person, string? called)
    {
        using Journal journal = Journal.Open(copy);
        if (Guarded(() => journal.EraseNames(person, called) ? null : Journal.StillRead) is { } why)
            throw new UserErrorException(why);
    }

    /// <summary>Erases the names where no door runs, and records that.</summary>
    /// <returns>Why they have to be erased again; null when they are erased.</returns>
    private string? EraseHere(PersonNumber number)
    {
        // A door that starts meanwhile waits for the lock, and one that runs without its socket holds the lock.
        using DataLock alone = DataLock.Acquire(places.Data);
        using Journal journal = Journal.Open(places.JournalFile, KeyPlaces.Find(places.Data), time);
        // A record without proof would look like one of another program.
        if (journal.Unproven is { } why)
            throw new UserErrorException($"The name of person {number.Id} is not erased in the journal: {why}");
        return Guarded(() =>
        {
            if (!journal.EraseNames(number.Id, number.Only))
                return Journal.StillRead;
            journal.Append(new DoorEvent(DoorEventKind.PersonErased)
            {
                Sequence = journal.LastSequence + 1,
                Time = time.GetLocalNow(),
                PersonId = number.Id,
                IsErased = true,
                Detail = string.Create(CultureInfo.InvariantCulture, $"user {Libc.UserId}, process {Environment.ProcessId}"),
            });
            return null;
        });
    }

    private static string? Guarded(Func<string?> erase)
    {
        try
        {
            return erase();
        }
        catch (JournalException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }
}
