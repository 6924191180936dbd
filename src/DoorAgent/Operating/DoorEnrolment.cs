using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Operating;

/// <summary>
/// Enrols a person in front of the running door: the next card, pictures with guidance, liveness, and then everything in one transaction, or
/// nothing. The door keeps deciding; its own networks read the frames between its decisions. One enrolment goes on at a time.
/// </summary>
/// <param name="door">The door.</param>
/// <param name="seeing">The same door, for its camera.</param>
/// <param name="path">Path of the gallery.</param>
/// <param name="people">How people are enrolled.</param>
/// <param name="margin">Matching:Margin.</param>
/// <param name="time">The clock.</param>
internal sealed class DoorEnrolment(
    IOperable door, ISeeingDoor seeing, string path, PeopleOptions people, double margin, TimeProvider time) : IDisposable
{
    /// <summary>The least good pictures.</summary>
    public const int Least = 3;

    private const int Most = 10;

    private static readonly TimeSpan ForCard = TimeSpan.FromSeconds(60), ForPictures = TimeSpan.FromSeconds(90);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private EnrolmentState? _state;

    /// <summary>How far the last enrolment is; null before the first.</summary>
    public EnrolmentState? State => Volatile.Read(ref _state);

    /// <summary>The work of the last enrolment, for tests.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Begins an enrolment.</summary>
    /// <param name="order">Whom to enrol.</param>
    /// <param name="by">Who enrols, for the record.</param>
    /// <param name="stopping">Cancelled when the door stops.</param>
    /// <exception cref="UserErrorException">The order cannot be carried out, or another enrolment goes on.</exception>
    public EnrolmentState Begin(EnrolmentOrder order, string by, CancellationToken stopping)
    {
        PersonName name = PersonName.Parse(order.Name);
        if (!order.HasConsented)
            throw new UserErrorException($"{name.Text} must have agreed first: without a consent nobody is enrolled here.");
        if (order.Pictures is < Least or > Most)
            throw new UserErrorException($"{order.Pictures} pictures cannot be taken: from {Least} to {Most}.");
        DateOnly today = DateOnly.FromDateTime(time.GetLocalNow().Date);
        Consent consent = Consent.Parse(new Consent(today, "").Day, order.ConsentNote);
        using (GalleryFile? gallery = GalleryFile.OpenIfAny(path))
            gallery?.RequireFree(name, null);
        lock (_gate)
        {
            if (State is { Step: EnrolmentStep.Badge or EnrolmentStep.Pictures or EnrolmentStep.Judging } other)
                throw new UserErrorException($"{other.Name} is being enrolled. Wait, or end that enrolment first.");
            _stop?.Dispose();
            _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            EnrolmentState begun = new(name.Text, order.TakesBadge ? EnrolmentStep.Badge : EnrolmentStep.Pictures, 0, order.Pictures);
            Volatile.Write(ref _state, begun);
            CancellationToken ended = _stop.Token;
            Running = Task.Run(() => RunAsync(order, name, consent, by, ended), CancellationToken.None);
            return begun;
        }
    }

    /// <summary>Ends the enrolment; nothing is written.</summary>
    public void End()
    {
        lock (_gate)
            _stop?.Cancel();
    }

    public void Dispose()
    {
        End();
        _stop?.Dispose();
    }

    private async Task RunAsync(EnrolmentOrder order, PersonName name, Consent consent, string by, CancellationToken ended)
    {
        try
        {
            Badge? card = order.TakesBadge ? await NextCardAsync(by, ended) : null;
            string? hint = card?.Hint;
            using GalleryFile gallery = new(path, time);
            gallery.RequireFree(name, card);
            LivePictures taken = await TakeAsync(gallery, order.Pictures, hint, by, ended);
            Show(state => state with { Step = EnrolmentStep.Judging, Words = "", Advice = "", SecondsLeft = null });
            RequirePerson(taken);
            ended.ThrowIfCancellationRequested();
            EnrolmentResult enrolled = await WriteAsync(gallery, order, name, consent, card, taken, by);
            Show(state => state with { Step = EnrolmentStep.Done, Taken = enrolled.Pictures.Count });
        }
        catch (OperationCanceledException)
        {
            Fail("The enrolment was ended; nothing was written.");
        }
        catch (Exception refused) when (refused is UserErrorException or NetworkFaultException)
        {
            Fail(refused.Message);
        }
#pragma warning disable CA1031 // An enrolment that does not end would keep out every later one until the door is restarted.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail($"The enrolment failed: {failure.Message} Look whether {name.Text} is among the people before you try again.");
        }
    }

    private async Task<Badge> NextCardAsync(string by, CancellationToken ended)
    {
        TaskCompletionSource<OperatorAnswer> card = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int notices = 0;
        Action<OperatorAnswer> hear = answer =>
        {
            if (answer.Notice is null)
                card.TrySetResult(answer);
            // The first notice asks somebody at a terminal for the card.
            else if (Interlocked.Increment(ref notices) > 1)
                Show(state => state with { Words = answer.Notice });
        };
        Show(state => state with { Advice = "present the new card at the reader", SecondsLeft = ForCard.TotalSeconds });
        door.Ask(new OperatorRequest(OperatorVerb.NextBadge, ForCard.TotalSeconds), by, hear);
        try
        {
            OperatorAnswer answer = await card.Task.WaitAsync(ForCard, time, ended);
            return answer.Badge is { } number ? Badge.Read(number) : throw new UserErrorException(answer.Refusal ?? "No card was read.");
        }
        catch (TimeoutException)
        {
            throw new UserErrorException($"No new card was read in {ForCard.TotalSeconds:0} s. A card that already has an owner is not "
                + "accepted. Nothing was written.");
        }
        finally
        {
            door.StopAwaiting(hear);
        }
    }

    private async Task<LivePictures> TakeAsync(GalleryFile gallery, int wanted, string? hint, string by, CancellationToken ended)
    {
        // Recorded as every use of the camera by an operator; a face that is being enrolled does not open a door that knows faces alone.
        await AskAsync(new OperatorRequest(OperatorVerb.Frames, ForPictures.TotalSeconds), by, ended);
        using LookCamera camera = new(seeing, time);
        LivePictures pictures = new(camera.Read, time);
        LiveSelection selection = new([], seeing.Networks.Thresholds.SamePerson(), gallery.CentreInUse);
        Show(state => state with { Step = EnrolmentStep.Pictures, BadgeHint = hint, Words = "", Advice = "look into the camera" });
        await pictures.TakeAsync(camera, selection, wanted, ForPictures, new Findings(this), ended);
        return pictures.Names.Count >= Least ? pictures
            : throw new UserErrorException($"Only {pictures.Names.Count} of {Least} good and different pictures came."
                + $"{(selection.MainProblem is { } most ? $" Mostly: {most}." : "")} Nothing was written; try again.");
    }

    private void RequirePerson(LivePictures taken)
    {
        if (seeing.JudgeLiveness(taken) is { IsLive: false } verdict)
            throw new UserErrorException($"This seems to be a picture or a screen, not a person: {verdict.Finding}. Nothing was written.");
    }

    private async Task<EnrolmentResult> WriteAsync(GalleryFile gallery, EnrolmentOrder order, PersonName name, Consent consent, Badge? card,
        LivePictures taken, string by)
    {
        LoadedNetworks networks = seeing.Networks;
        Enroller enroller = new(gallery, networks.Pipeline, networks.Thresholds, people, taken.Read, Least, margin);
        // Judged before the record, so that no record tells of an enrolment that was refused.
        _ = enroller.Judge(name, taken.Names);
        await AskAsync(new OperatorRequest(OperatorVerb.Enrol) { Words = "person enrolled" }, by, CancellationToken.None);
        return enroller.Add(name, taken.Names, card, order.IsExtended, consent: consent);
    }

    private async Task AskAsync(OperatorRequest request, string by, CancellationToken ended)
    {
        if ((await door.AskAsync(request, by, time, ended)).Refusal is { } why)
            throw new UserErrorException(why);
    }

    private void Fail(string why) => Show(state => state with
    {
        Step = EnrolmentStep.Failed, Words = why, Advice = "", SecondsLeft = null,
    });

    private void Show(Func<EnrolmentState, EnrolmentState> change)
    {
        lock (_gate)
        {
            if (_state is { } state)
                Volatile.Write(ref _state, change(state));
        }
    }

    /// <summary>Shows each finding.</summary>
    private sealed class Findings(DoorEnrolment enrolment) : IProgress<(LiveFinding Finding, TimeSpan Left)>
    {
        public void Report((LiveFinding Finding, TimeSpan Left) value) => enrolment.Show(state => state with
        {
            Taken = value.Finding.Taken,
            Words = value.Finding.Words,
            Advice = value.Finding.Advice,
            SecondsLeft = Math.Ceiling(value.Left.TotalSeconds),
        });
    }
}
