-- grain:  one rate
-- keys:   rate_code (unique)
-- source: none: what the rates mean
create view mart.rate_definition (rate_code, rate_label, definition, exclusions, concept_codes, minimum_n) as
values
    ('grant_rate', '予以公开率', '予以公开件数 ÷ 本年度办理结果总计', '不含部分公开；2014 年格式的“已主动公开”计入予以公开', '{requests.granted,requests.handled}'::text[], 10),
    ('disclosure_rate', '公开率（含部分公开）', '（予以公开 + 部分公开）÷ 本年度办理结果总计', '部分公开按一件计', '{requests.granted,requests.partly_granted,requests.handled}'::text[], 10),
    ('refusal_rate', '不予公开率', '不予公开（八类合计）÷ 本年度办理结果总计', '不含无法提供与不予处理；2014 年格式含“不是《条例》所指政府信息”', '{requests.denied,requests.handled}'::text[], 10),
    ('unavailable_rate', '无法提供率', '无法提供（三类合计）÷ 本年度办理结果总计', '不含不予公开与不予处理', '{requests.unavailable,requests.handled}'::text[], 10),
    ('not_processed_rate', '不予处理率', '不予处理（五类合计）÷ 本年度办理结果总计', '不含其他处理', '{requests.not_processed,requests.handled}'::text[], 10),
    ('carried_forward_rate', '结转率', '结转下年度继续办理 ÷（本年新收 + 上年结转）', '2014 年格式无结转', '{requests.carried_forward,requests.received,requests.carried_over}'::text[], 10),
    ('review_correction_rate', '复议纠正率', '复议结果纠正 ÷（维持 + 纠正 + 其他结果）', '不含尚未审结', '{reviews.corrected,reviews.upheld,reviews.other}'::text[], 10),
    ('litigation_correction_rate', '诉讼纠正率', '诉讼结果纠正 ÷（维持 + 纠正 + 其他结果）', '含未经复议直接起诉与复议后起诉，不含尚未审结', '{litigation.corrected,litigation.upheld,litigation.other}'::text[], 10);

comment on view mart.rate_definition is '比率的定义：分子、分母与不计入的情形 / what each rate divides by what, and what it leaves out';
comment on column mart.rate_definition.rate_code is '比率代码 / rate';
comment on column mart.rate_definition.rate_label is '比率名称 / label';
comment on column mart.rate_definition.definition is '定义：分子 ÷ 分母 / numerator and denominator';
comment on column mart.rate_definition.exclusions is '不计入的情形与口径说明 / what is left out';
comment on column mart.rate_definition.concept_codes is '所用概念 / concepts it is made of';
comment on column mart.rate_definition.minimum_n is '最小分母：分母小于此数时不显示比率 / least denominator with which the rate is shown';
