using System.Security.Cryptography;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Running;

/// <summary>
/// Reads frames with the networks, keeps the last usable ones, and judges the liveness of their faces when the policy asks. One lock holds
/// all networks, so that no two run at once; the camera is read meanwhile.
/// </summary>
/// <param name="check">Judges the frames.</param>
/// <param name="capacity">Number of frames kept: those of the policy's window, and those read before the policy has decided.</param>
/// <param name="draw">Draws the direction of a challenge; null for a random one.</param>
/// <param name="inbox">Receives the verdicts.</param>
internal sealed class LivenessChecking(LivenessCheck check, int capacity, Func<TurnDirection>? draw, Mailbox<DoorMessage> inbox)
{
    private readonly Func<TurnDirection> _draw = draw ?? (() => (TurnDirection)RandomNumberGenerator.GetInt32(2));
    // An attempt asks once, and only one attempt is open at a time.
    private readonly Mailbox<LivenessQuestion> _questions = new(capacity: 4);
    private readonly Queue<LivenessFrame> _kept = [];
    private readonly Lock _networks = new();

    /// <summary>Queues a judgement; the verdict is posted to the inbox.</summary>
    public void Post(LivenessQuestion question) => _questions.Post(question);

    /// <summary>Completes when every queued question has been answered.</summary>
    public Task WhenIdleAsync() => _questions.WhenIdleAsync();

    /// <summary>Reads a frame, and keeps a copy of a usable one.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceReading Read(Frame frame, FacePipeline pipeline)
    {
        lock (_networks)
        {
            FaceReading reading = pipeline.ReadFrame(frame, check.MinFaceWidth);
            if (check.Strength != LivenessStrength.Off && reading is { Problem: UnusableReason.None, Face: { } face })
                KeepNeedsLock(frame, face);
            return reading;
        }
    }

    /// <summary>Reads a frame to show what the door sees; nothing is kept.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceReading Look(Frame frame, FacePipeline pipeline)
    {
        lock (_networks)
            return pipeline.ReadFrame(frame, check.MinFaceWidth);
    }

    /// <summary>Reads a frame for an enrolment; nothing is kept.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceReading ReadToEnrol(Frame frame, LoadedNetworks networks, bool keepsCrops)
    {
        lock (_networks)
        {
            FacePipeline pipeline = networks.ForEnrolment();
            pipeline.KeepsCrops = keepsCrops;
            try
            {
                return pipeline.ReadFrame(frame, check.MinFaceWidth);
            }
            finally
            {
                pipeline.KeepsCrops = false;
            }
        }
    }

    /// <summary>Judges the pictures of an enrolment; null where liveness is not checked.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public LivenessVerdict? Judge(LivePictures taken)
    {
        lock (_networks)
            return taken.JudgeLiveness(check);
    }

    /// <summary>Answers questions until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (LivenessQuestion question in _questions.ReadAllAsync(stopping))
                inbox.Post(AnswerTo(question));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    private DoorMessage AnswerTo(LivenessQuestion question)
    {
        try
        {
            lock (_networks)
            {
                LivenessFrame[] asked = [.. _kept.Where(kept => question.CapturedAt.Contains(kept.Frame.CapturedAt))];
                // A verdict about other frames than those that agreed would prove nothing.
                if (asked.Length < question.CapturedAt.Length)
                    return new DoorMessage.LivenessFault(question.Number, "frames to be judged are no longer kept");
                LivenessVerdict verdict = check.Judge(asked);
                return new DoorMessage.ForPolicy(new LivenessJudged(question.Number, verdict, _draw()) { SecondDirection = _draw() });
            }
        }
        catch (NetworkFaultException fault)
        {
            return new DoorMessage.LivenessFault(question.Number, fault.Message);
        }
    }

    private void KeepNeedsLock(Frame frame, Face face)
    {
        Frame copy = _kept.Count < capacity ? new Frame() : _kept.Dequeue().Frame;
        copy.CopyFrom(frame);
        _kept.Enqueue(new LivenessFrame(copy, face));
    }
}
