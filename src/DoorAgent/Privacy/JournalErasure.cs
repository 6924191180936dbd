using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Operating;
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
            if (!isThere)
            {
                EraseHere(number);
                return;
            }

            if (answer.Refusal is not { } why)
                return;
            if (time.Monotonic() >= end)
                throw new UserErrorException($"The running door did not erase the names of person {number.Id} in its journal: {why} "
                    + "Run the command again; what is done stays done.");
            await Task.Delay(Pause, time, stopping);
        }
    }

    /// <summary>Erases names in a journal that no door writes to.</summary>
    public static void Erase(string file, long person, string? called)
    {
        using Journal journal = Journal.Open(file);
        journal.EraseNames(person, called);
    }

    private void EraseHere(PersonNumber number)
    {
        // A door that starts meanwhile waits for the lock, and one that runs without its socket holds the lock.
        using DataLock alone = DataLock.Acquire(places.Data);
        using Journal journal = Journal.Open(places.JournalFile);
        try
        {
            journal.EraseNames(number.Id, number.Only);
            journal.Append(new DoorEvent(DoorEventKind.PersonErased)
            {
                Sequence = journal.LastSequence + 1,
                Time = time.GetLocalNow(),
                PersonId = number.Id,
                IsErased = true,
                Detail = string.Create(CultureInfo.InvariantCulture, $"user {Libc.UserId}, process {Environment.ProcessId}"),
            });
        }
        catch (JournalException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }
}
