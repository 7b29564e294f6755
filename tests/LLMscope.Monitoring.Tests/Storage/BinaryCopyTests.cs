using LLMscope.Monitoring.Storage;
using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class BinaryCopyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_breaks_within_a_copy_is_told_as_a_fault_that_passes()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using (var table = new NpgsqlCommand("CREATE TABLE copied (value bigint)", connection))
            await table.ExecuteNonQueryAsync(Cancellation);

        var fault = await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
        {
            await using var copy = await BinaryCopy.BeginAsync(connection, "COPY copied (value) FROM STDIN (FORMAT BINARY)", Cancellation);
            Assert.True(await database.AskAsync<bool>($"SELECT pg_terminate_backend({connection.ProcessID}, 10000)", Cancellation));

            // Until the socket is known to be closed: what is written at first lies in its buffer.
            while (true)
            {
                for (; !copy.IsFull; copy.Write(1L))
                    copy.StartRow(1);
                await copy.FlushAsync(Cancellation);
            }
        });

        Assert.True(DatabaseFaults.IsPassing(fault), fault.ToString());
    }
}
