using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Operating;
using DoorAgent.Privacy;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// Erases whom the fleet has erased, as 'people erase' does: kept pictures, the log's lines, copies of gallery and journal, and the journal's
/// names at last. At the start, after each delivery, and every hour, so that an interruption delays an erasure and loses none.
/// </summary>
/// <param name="places">The door's files.</param>
/// <param name="gallery">Knows who is to be erased.</param>
/// <param name="door">The door, which alone writes its journal.</param>
/// <param name="inbox">Receives why somebody could not be erased.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetErasure(Places places, FleetGallery gallery, IOperable door, Mailbox<DoorMessage> inbox, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // A door that still uses the gallery with the person refuses to erase the name.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private const int MostTries = 60;

    private readonly SemaphoreSlim _due = new(0);

    /// <summary>Looks again now who is to be erased.</summary>
    public void Wake() => _due.Release();

    /// <summary>Works at once, and then when it is woken, and every hour, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await LookAsync(stopping);
                using CancellationTokenSource hour = new(Interval, time);
                using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, hour.Token);
                await _due.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stopping.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    public void Dispose() => _due.Dispose();

    private async Task LookAsync(CancellationToken stopping)
    {
        string? why = null;
        foreach (long person in Due())
        {
            try
            {
                await EraseAsync(person, stopping);
                gallery.Erased([person]);
            }
            catch (Exception failure) when (failure is UserErrorException or IOException or UnauthorizedAccessException)
            {
                // The others do not wait for this person.
                why ??= failure.Message;
            }
        }

        if (why is not null)
        {
            inbox.Post(new DoorMessage.Warned("somebody whom the fleet has erased is not erased everywhere at this door, and the next try is in "
                + $"an hour: {why.TrimEnd('.')}"));
        }
    }

    private IReadOnlyList<long> Due()
    {
        try
        {
            return gallery.ToErase();
        }
        catch (UserErrorException)
        {
            // The gallery watch reports a gallery that cannot be used.
            return [];
        }
    }

    private async Task EraseAsync(long number, CancellationToken stopping)
    {
        KeptPictures.Of(places).DeleteOf(number);
        KnownPerson person = KnownPerson.Removed(places, number);
        if (person.Names.Any(name => name.Length > 0))
        {
            Erasure erasure = new(places, person, [], time);
            // This process is the door that runs, and erases the journal's names itself.
            await erasure.RunAsync(erasure.Plan().Where(step => step.Where != places.JournalFile), _ => { }, stopping);
        }

        OperatorRequest names = new(OperatorVerb.EraseNames) { Person = number };
        for (int tries = 1; (await door.AskAsync(names, "by the fleet", time, stopping)).Refusal is { } why; tries++)
        {
            if (tries >= MostTries)
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"the name of person {number}: {why}"));
            await Task.Delay(Pause, time, stopping);
        }
    }
}
