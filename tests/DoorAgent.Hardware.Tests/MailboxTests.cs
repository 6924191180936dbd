namespace DoorAgent.Hardware.Tests;

public sealed class MailboxTests
{
    [Fact]
    public async Task AFullMailboxDropsAndCountsTheOldestItem()
    {
        Mailbox<int> mailbox = new(3);
        for (int i = 1; i <= 5; i++)
            Assert.True(mailbox.Post(i));
        mailbox.Close();
        Assert.Equal(2, mailbox.Dropped);
        Assert.Equal(3, mailbox.Waiting);
        Assert.Equal([3, 4, 5], await AllAsync(mailbox));
        Assert.True(mailbox.IsIdle);
    }

    [Fact]
    public async Task AMailboxIsIdleOnceTheLastItemIsProcessed()
    {
        Mailbox<int> mailbox = new(3);
        Assert.True(mailbox.WhenIdleAsync().IsCompleted);
        mailbox.Post(1);
        mailbox.Post(2);
        Task idle = mailbox.WhenIdleAsync();
        await using IAsyncEnumerator<int> reader = mailbox.ReadAllAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        Assert.True(await reader.MoveNextAsync());
        Assert.False(idle.IsCompleted);
        Assert.False(mailbox.IsIdle);
        ValueTask<bool> next = reader.MoveNextAsync();
        await idle;
        mailbox.Close();
        Assert.False(await next);
    }

    [Fact]
    public async Task AReaderThatFailsLeavesTheMailboxIdle()
    {
        Mailbox<int> mailbox = new(3);
        mailbox.Post(1);
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (int _ in mailbox.ReadAllAsync(TestContext.Current.CancellationToken))
                throw new FormatException();
        });
        Assert.True(mailbox.IsIdle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWaiterForAFailedReaderIsNotifiedInsteadOfWaitingForever(bool waitsBefore)
    {
        Mailbox<int> mailbox = new(3);
        mailbox.Post(1);
        mailbox.Post(2);
        Task? idle = waitsBefore ? mailbox.WhenIdleAsync() : null;
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (int _ in mailbox.ReadAllAsync(TestContext.Current.CancellationToken))
                throw new FormatException();
        });
        idle ??= mailbox.WhenIdleAsync();
        Assert.True(idle.IsCompleted);
        Assert.Contains("processed: 1",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => idle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondReaderGetsTheRemainingItems()
    {
        Mailbox<int> mailbox = new(3);
        mailbox.Post(1);
        mailbox.Post(2);
        await foreach (int _ in mailbox.ReadAllAsync(TestContext.Current.CancellationToken))
            break;
        await using IAsyncEnumerator<int> reader = mailbox.ReadAllAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        Task idle = mailbox.WhenIdleAsync();
        ValueTask<bool> next = reader.MoveNextAsync();
        await idle;
        mailbox.Close();
        Assert.False(await next);
    }

    [Fact]
    public void NoItemIsAcceptedAfterClose()
    {
        Mailbox<int> mailbox = new(3);
        mailbox.Close();
        Assert.False(mailbox.Post(1));
        Assert.True(mailbox.IsIdle);
        mailbox.Close();
    }

    private static async Task<List<int>> AllAsync(Mailbox<int> mailbox)
    {
        List<int> all = [];
        await foreach (int item in mailbox.ReadAllAsync(TestContext.Current.CancellationToken))
            all.Add(item);
        return all;
    }
}
