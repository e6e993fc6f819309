using System.CommandLine;
using EtlWarehouse.App.Postgres;
using Npgsql;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl status</c>: what ran last, what the warehouse covers, what needs a person.</summary>
internal static class StatusCommand
{
    private const int ReasonsShown = 10;

    public static Command Create()
    {
        var command = new Command("status", "最近运行、覆盖情况与待办 · last runs, coverage, what needs attention");
        command.SetAction((_, ct) => RunAsync(ct));
        return command;
    }

    private static async Task RunAsync(CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        if (database.IsPrivate)
            await database.MigrateAsync(ct);

        await PrintAsync(database.Owner, "最近运行 · last runs", ["批次#", "流水线", "开始（UTC）", "用时", "结果", "未达完整的原因"], $"""
            select run_id::text, pipeline, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                coalesce(date_trunc('second', finished_at - started_at)::text, ''), outcome,
                coalesce(array_to_string(reasons[1:{ReasonsShown}], '; '), '')
            from ops.run
            order by run_id desc
            limit 10
            """, ct);
        await PrintAsync(database.Owner, "最近的夜间任务 · last nights", ["流水线", "排期（UTC）", "状态", "用时", "在办任务#", "原因"], $"""
            select night.pipeline, to_char(night.due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), night.state,
                coalesce(date_trunc('second', night.finished_at - night.started_at)::text, ''),
                (select count(*) from ops.night_task as task where task.night_id = night.night_id and task.state <> 'done')::text,
                coalesce(array_to_string(night.reasons[1:{ReasonsShown}], '; '), '')
            from ops.night as night
            order by night.due_at desc, night.pipeline
            limit 10
            """, ct);
        await PrintAsync(database.Owner, "各站点最近一次 · newest visit of each site", ["流水线", "站点", "结果", "列出#", "年报#", "新文档#", "未变#", "失败#", "不再列出#", "缺什么"], $"""
            select distinct on (run.pipeline, visit.site_code)
                run.pipeline, visit.site_code, visit.outcome, visit.listed::text, visit.reports::text, visit.fetched::text,
                visit.unchanged::text, visit.failed::text, cardinality(visit.vanished)::text,
                coalesce(array_to_string(visit.reasons[1:{ReasonsShown}], '; '), '')
            from ops.site_visit as visit
            inner join ops.run as run using (run_id)
            order by run.pipeline, visit.site_code, visit.run_id desc
            """, ct);
        await PrintAsync(database.Owner, "覆盖 · coverage", ["年度#", "应有机关#", "按期#", "逾期#", "日期不明#", "未见#"], """
            select year::text, count(*)::text,
                count(*) filter (where state = 'reported')::text, count(*) filter (where state = 'reported_late')::text,
                count(*) filter (where state = 'reported_undated')::text, count(*) filter (where state = 'absent')::text
            from mart.coverage
            group by year
            order by year desc
            limit 12
            """, ct);
        await PrintAsync(database.Owner, "待办 · needs attention", ["事项", "何处", "内容"], """
            select '勾稽不符 check failed', agency.agency_name || ' ' || fact.year_key, string_agg(rule.check_code, ', ' order by rule.check_code)
            from dw.fact_check as fact
            inner join dw.dim_agency as agency using (agency_key)
            inner join dw.dim_check as rule using (check_key)
            where fact.status = 'fail'
            group by agency.agency_name, fact.year_key
            union all
            select '未读 not read', url, refusal_code || ': ' || refusal_message
            from stg.document
            where outcome = 'refused' and refusal_code not in ('report.no_year', 'report.year_unconfirmed')
            order by 1, 2
            limit 50
            """, ct);
        await PrintAsync(database.Owner, "待认定归属 · waiting for a person: ./etl place HASH --agency … --year … --by … --why …", ["文件", "标题", "原因", "原因代码", "何处"], """
            select left(sha256, 12), coalesce(title, ''), reason_zh, reason, report_url
            from mart.unplaced
            order by first_seen_at, sha256
            limit 50
            """, ct);
    }

    private static async Task PrintAsync(NpgsqlDataSource owner, string title, string[] columns, string query, CancellationToken ct)
    {
        await using var command = owner.CreateCommand(query);
        var rows = new List<string?[]>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? null : reader.GetString(field))]);
        }

        if (rows.Count == 0)
            Console.WriteLine($"\n{title}: 无 none");
        else
            await ConsoleTable.PrintAsync(title, columns, rows);
    }
}
