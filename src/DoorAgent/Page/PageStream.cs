using Microsoft.AspNetCore.Http;
using System.Text;
using System.Text.Json;
using DoorAgent.Operating;

namespace DoorAgent.Page;

/// <summary>Sends server-sent events: <c>status</c> (<see cref="PageStatus"/>) when the door's state changes, <c>event</c>
/// (<see cref="PageEvent"/>) for each new event, <c>enrolment</c> (<see cref="EnrolmentState"/>) for its progress, and <c>refusal</c>
/// (<see cref="PageRefusal"/>) once while the door does not answer. A stream ends with its session.</summary>
/// <param name="time">The clock.</param>
internal sealed class PageStream(TimeProvider time)
{
    /// <summary>The most streams at once: a few pages on a few screens.</summary>
    public const int Most = 8;

    // A change arrives within a second.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    // A comment keeps proxies from ending a quiet stream, and finds a browser that is gone.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    // A browser that does not read for this time counts as gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int _open;

    /// <summary>How many streams are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Sends events until the browser goes away or the session ends.</summary>
    /// <exception cref="PageRefusedException">There is no session, or there are too many streams.</exception>
    public async Task RunAsync(PageCall call, CancellationToken stopping)
    {
        if (Interlocked.Increment(ref _open) > Most)
        {
            Interlocked.Decrement(ref _open);
            throw new PageRefusedException(StatusCodes.Status503ServiceUnavailable,
                "Too many pages are open. Close one that nobody uses.");
        }

        try
        {
            await SendAsync(call, stopping);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task SendAsync(PageCall call, CancellationToken stopping)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(call.Gone, stopping);
        // A session that is over is a plain refusal, as for every other request.
        _ = await call.AskAsync(new OperatorRequest(OperatorVerb.Session));
        call.Http.Response.ContentType = "text/event-stream; charset=utf-8";
        StreamMemory sent = new();
        TimeSpan quiet = TimeSpan.Zero;
        using PeriodicTimer timer = new(Interval, time);
        do
        {
            (string news, bool isOver) = await NewsAsync(call, sent);
            quiet += Interval;
            if (news.Length > 0 || quiet >= Quiet)
            {
                await WriteAsync(call, news.Length > 0 ? news : ":\n\n", end.Token);
                quiet = TimeSpan.Zero;
            }

            if (isOver)
                return;
        }
        while (await timer.WaitForNextTickAsync(end.Token));
    }

    /// <summary>Returns what changed since the last call.</summary>
    private static async Task<(string News, bool IsOver)> NewsAsync(PageCall call, StreamMemory sent)
    {
        try
        {
            PageStatus status = PageStatus.Of(await call.AskAsync(new OperatorRequest(OperatorVerb.Status)));
            StringBuilder news = new();
            foreach (PageEvent one in sent.New(status.Events))
                Add(news, "event", one);
            if (sent.IsNew(status))
                Add(news, "status", status);
            if (status.Session.Role >= PageRole.Enrol
                && (await call.AskAsync(new OperatorRequest(OperatorVerb.Enrolment))).Enrolment is { } enrolment && sent.IsNew(enrolment))
                Add(news, "enrolment", enrolment);
            return (news.ToString(), false);
        }
        catch (PageRefusedException refused)
        {
            bool isOver = refused.Status is StatusCodes.Status401Unauthorized;
            StringBuilder news = new();
            if (sent.IsNew(refused.Message))
                Add(news, "refusal", new PageRefusal(refused.Message, refused.Problem));
            return (news.ToString(), isOver);
        }
    }

    private async Task WriteAsync(PageCall call, string text, CancellationToken end)
    {
        await call.Http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), end).AsTask().WaitAsync(Patience, time, end);
        await call.Http.Response.Body.FlushAsync(end).WaitAsync(Patience, time, end);
    }

    // JSON has no line breaks of its own, so that an object is one line.
    private static void Add<T>(StringBuilder news, string name, T value) =>
        news.Append("event: ").Append(name).Append("\ndata: ").Append(JsonSerializer.Serialize(value, OperatorProtocol.Json)).Append("\n\n");

    /// <summary>What a stream has sent.</summary>
    private sealed class StreamMemory
    {
        private (long Sequence, string Time, string Kind) _last = (-1, "", "");
        private bool _hasBegun;
        private string? _status, _enrolment, _refusal;

        /// <summary>Returns the events after the last one that was sent; of the first answer none, since the status has them.</summary>
        public IReadOnlyList<PageEvent> New(IReadOnlyList<PageEvent> events)
        {
            int seen = events.Count - 1;
            while (seen >= 0 && KeyOf(events[seen]) != _last)
                seen--;
            bool isFirst = !_hasBegun;
            _hasBegun = true;
            if (events.Count > 0)
                _last = KeyOf(events[^1]);
            return isFirst ? [] : [.. events.Skip(seen + 1)];
        }

        /// <summary>Whether the state differs from the last one, apart from its clock.</summary>
        public bool IsNew(PageStatus status)
        {
            _refusal = null;
            string now = JsonSerializer.Serialize(new { status.Session.Role, Door = Timeless(status) }, OperatorProtocol.Json);
            bool isNew = now != _status;
            _status = now;
            return isNew;
        }

        public bool IsNew(EnrolmentState state)
        {
            string now = JsonSerializer.Serialize(state, OperatorProtocol.Json);
            bool isNew = now != _enrolment;
            _enrolment = now;
            return isNew;
        }

        public bool IsNew(string refusal)
        {
            bool isNew = refusal != _refusal;
            (_refusal, _status) = (refusal, null);
            return isNew;
        }

        private static System.Text.Json.Nodes.JsonObject Timeless(PageStatus status)
        {
            System.Text.Json.Nodes.JsonObject door = status.Door.DeepClone().AsObject();
            door.Remove("now");
            door.Remove("framesASecond");
            door.Remove("relaySecondsLeft");
            return door;
        }

        private static (long, string, string) KeyOf(PageEvent one) => (one.Sequence, one.Time, one.Kind);
    }
}
