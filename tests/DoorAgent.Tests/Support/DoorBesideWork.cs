using DoorAgent.Enrolment;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Support;

/// <summary>The door for work that goes on beside it on other threads, such as an enrolment, with one request at a time. It knows when that
/// work waits for the door, so that the simulated time stands still while the work goes on, however slow the machine is.</summary>
internal sealed class DoorBesideWork(IOperable door, ISeeingDoor seeing) : IOperable, ISeeingDoor
{
    private readonly Lock _gate = new();
    private Func<Task> _work = () => Task.CompletedTask;
    private Func<bool> _isUnanswered = () => false;
    private (Action<OperatorAnswer>? Answer, Action<OperatorAnswer>? Heard) _last;
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the work waits for the door, or has ended.</summary>
    public bool IsWorkWaiting
    {
        get
        {
            lock (_gate)
                return _isUnanswered() || _work().IsCompleted;
        }
    }

    public LoadedNetworks Networks => seeing.Networks;

    /// <summary>Chooses the work.</summary>
    public void Await(Func<Task> work) => _work = work;

    /// <summary>Completes when the work waits for the door, or has ended.</summary>
    public async Task WhenWorkWaitsAsync()
    {
        while (true)
        {
            Task asked;
            lock (_gate)
            {
                if (IsWorkWaiting)
                    return;
                asked = _asked.Task;
            }

            await Task.WhenAny(asked, _work());
        }
    }

    public void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        bool isAnswered = false;
        Action<OperatorAnswer> hear = heard =>
        {
            if (heard.Notice is null)
                Volatile.Write(ref isAnswered, true);
            answer(heard);
        };
        _last = (answer, hear);
        door.Ask(request, by, hear);
        Note(() => !Volatile.Read(ref isAnswered));
    }

    public Task<Look> LookAsync(LookUse use, CancellationToken cancellation)
    {
        // Without a token, the door's own task, which is complete at once when the door answers.
        Task<Look> look = seeing.LookAsync(use, CancellationToken.None);
        Note(() => !look.IsCompleted && !cancellation.IsCancellationRequested);
        return look.WaitAsync(cancellation);
    }

    public void StopAwaiting(Action<OperatorAnswer> answer)
    {
        // The door knows a request by its callback.
        Assert.Equal(_last.Answer, answer);
        door.StopAwaiting(_last.Heard!);
    }

    public Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation) => door.NextFrameAsync(into, cancellation);

    public LivenessVerdict? JudgeLiveness(LivePictures taken) => seeing.JudgeLiveness(taken);

    private void Note(Func<bool> isUnanswered)
    {
        lock (_gate)
        {
            _isUnanswered = isUnanswered;
            _asked.TrySetResult();
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
